package dev.nurture.plugins.checks.data;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.SanityCheck;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Looks whether the batches of an epoch mix the classes. */
final class BatchOrderCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "batch_order",
            "Looks whether batches hold as many classes as batches of rows in a random order would.",
            BatchOrderCheck::new);

    /** FAULTS: half of the entropy of the labels; batches that are shuffled come within a few percent of all. */
    private static final double SORTED = 0.5;

    private static final int SMALLEST_BATCH = 4;

    @Override
    public List<Finding> look(Bench bench) {
        Dataset train = bench.train();
        int batchSize = Math.min(bench.plan().batchSize(), train.rows());
        if (!train.classification() || batchSize < SMALLEST_BATCH) {
            return List.of();
        }
        int[] order = bench.order(1);
        double shuffled = entropy(train, shuffled(order, bench.random()), batchSize);
        double ratio = shuffled > 0 ? entropy(train, order, batchSize) / shuffled : 1;
        if (ratio >= SORTED) {
            return List.of();
        }
        return List.of(new Finding(
                "unshuffled_data",
                Finding.Severity.FAIL,
                "check",
                "batches",
                ratio,
                "< " + SORTED,
                String.format(
                        Locale.ROOT,
                        "the batches mix classes %.2g times as much as rows in a random order would; most likely the"
                                + " data is sorted by class and not shuffled",
                        ratio),
                "shuffle the rows before each epoch",
                "CS231n notes, optimization: mini-batches are sampled at random"));
    }

    private static int[] shuffled(int[] order, RandomGenerator random) {
        int[] other = order.clone();
        for (int i = other.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = other[i];
            other[i] = other[j];
            other[j] = swapped;
        }
        return other;
    }

    /** Returns the mean entropy of the labels in whole batches. */
    private static double entropy(Dataset rows, int[] order, int batchSize) {
        double sum = 0;
        int batches = order.length / batchSize;
        for (int batch = 0; batch < batches; batch++) {
            int[] counts = new int[rows.width()];
            for (int i = batch * batchSize; i < (batch + 1) * batchSize; i++) {
                counts[rows.labels()[order[i]]]++;
            }
            for (int count : counts) {
                double share = (double) count / batchSize;
                sum -= count == 0 ? 0 : share * Math.log(share);
            }
        }
        return sum / batches;
    }
}

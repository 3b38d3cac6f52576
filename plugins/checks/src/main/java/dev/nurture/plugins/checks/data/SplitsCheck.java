package dev.nurture.plugins.checks.data;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.SanityCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Looks for rows to judge by that stand among those to learn from. */
final class SplitsCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "splits",
            "Looks for validation and test rows that are training rows, too.",
            SplitsCheck::new);

    /** Public image sets repeat a few of their rows; a leak shows in more. The shipped definitions raise no alarm. */
    private static final double LEAK = 0.02;

    /** Rows of few values agree by chance: so often as that explains, times this, is no leak. */
    private static final double BY_CHANCE = 3;

    private static final double GRAVE = 0.1;

    /** Pairs of rows by which it is estimated how often a feature agrees. */
    private static final int PAIRS = 1_000;

    /** Rows that agree by chance less often than once in e²⁰ are the same rows. */
    private static final double NEVER = -20;

    @Override
    public List<Finding> look(Bench bench) {
        Dataset train = bench.train();
        Map<Long, Integer> first = new HashMap<>(2 * train.rows());
        for (int row = 0; row < train.rows(); row++) {
            first.putIfAbsent(hash(train, row), row);
        }
        double logAgree = logAgree(train, bench.random());
        List<Finding> findings = new ArrayList<>();
        bench.validation().ifPresent(rows -> look("validation", rows, train, first, logAgree, findings));
        bench.test().ifPresent(rows -> look("test", rows, train, first, logAgree, findings));
        findings.sort((a, b) -> b.severity().compareTo(a.severity()));
        return findings;
    }

    /** Returns the logarithm of the probability that two rows agree, were their features independent of each other. */
    private static double logAgree(Dataset rows, RandomGenerator random) {
        int size = rows.shape().size();
        int[] agree = new int[size];
        for (int pair = 0; pair < PAIRS; pair++) {
            int a = random.nextInt(rows.rows()) * size;
            int b = random.nextInt(rows.rows()) * size;
            for (int j = 0; j < size; j++) {
                agree[j] += rows.x()[a + j] == rows.x()[b + j] ? 1 : 0;
            }
        }
        double sum = 0;
        for (int count : agree) {
            sum += Math.log((count + 1.0) / (PAIRS + 1));
        }
        return sum;
    }

    private static void look(
            String split,
            Dataset rows,
            Dataset train,
            Map<Long, Integer> first,
            double logAgree,
            List<Finding> findings) {
        int shared = 0;
        for (int row = 0; row < rows.rows(); row++) {
            Integer same = first.get(hash(rows, row));
            shared += same != null && equal(train, same, rows, row) ? 1 : 0;
        }
        double share = (double) shared / rows.rows();
        double limit = LEAK + BY_CHANCE * (1 - Math.exp(-train.rows() * Math.exp(logAgree)));
        if (share <= limit) {
            return;
        }
        findings.add(new Finding(
                "split_leak",
                share > GRAVE && logAgree < NEVER ? Finding.Severity.FAIL : Finding.Severity.WARN,
                "check",
                split,
                share,
                String.format(Locale.ROOT, "> %.3g", limit),
                String.format(
                        Locale.ROOT,
                        "%,d of the %,d %s rows stand among the training rows; what is measured on them is memory, not"
                                + " skill",
                        shared,
                        rows.rows(),
                        split),
                "split the rows before they are repeated or augmented, and leave repetitions out",
                "CS231n lecture 6, data preprocessing: statistics and rows of the training split alone"));
    }

    private static long hash(Dataset rows, int row) {
        int size = rows.shape().size();
        long hash = 1;
        for (int i = row * size; i < (row + 1) * size; i++) {
            // Zero has two signs.
            hash = 0x9E3779B97F4A7C15L * (hash ^ Float.floatToIntBits(rows.x()[i] + 0f));
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static boolean equal(Dataset a, int rowA, Dataset b, int rowB) {
        int size = a.shape().size();
        return size == b.shape().size()
                && Arrays.equals(a.x(), rowA * size, (rowA + 1) * size, b.x(), rowB * size, (rowB + 1) * size);
    }
}

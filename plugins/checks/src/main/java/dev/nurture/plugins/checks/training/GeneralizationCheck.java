package dev.nurture.plugins.checks.training;

import dev.nurture.plugins.checks.measure.Effort;
import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Learns some rows by heart and asks others: where labels have nothing to do with rows, the others are answered by chance. */
final class GeneralizationCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "generalization",
            "Learns some hundred rows and looks whether others are answered better than by chance.",
            GeneralizationCheck::new);

    private static final int LEARNED = 200;
    private static final int FEWEST_LEARNED = 100;
    private static final int ASKED = 1_000;

    /** With fewer rows to ask, three deviations above chance reach what two hundred photographs teach: a fifth of others. */
    private static final int FEWEST_ASKED = 400;

    private static final int BATCH = 50;
    private static final int MOST_EPOCHS = 150;

    /** In fewer than this no network learns a hundred rows by heart. */
    private static final int FEWEST_EPOCHS = 10;

    private static final double MEMORISED = 0.95;

    /** FAULTS: chance and three standard deviations. */
    private static final double DEVIATIONS = 3;

    /** Operations: about three seconds on two cores. */
    private static final double BUDGET = 1.5e11;

    @Override
    public List<Finding> look(Bench bench) {
        Dataset train = bench.train();
        if (!train.classification()) {
            return List.of();
        }
        try (Rehearsal rehearsal = bench.rehearse()) {
            int affordable = (int) (BUDGET / Effort.perRow(rehearsal) / FEWEST_EPOCHS / 2);
            int count = Math.min(Math.min(LEARNED, train.rows() / 2), Math.max(FEWEST_LEARNED, affordable));
            // Training rows that are not learned are as good to ask as rows of the validation split.
            Dataset asked = bench.validation()
                    .filter(rows -> rows.rows() > train.rows() - count)
                    .map(rows -> Rows.first(rows, ASKED))
                    .orElseGet(() -> Rows.range(train, count, Math.min(train.rows(), count + ASKED)));
            int epochs = (int) Math.min(MOST_EPOCHS, BUDGET / Effort.perRow(rehearsal) / Math.max(1, count));
            if (epochs < FEWEST_EPOCHS || count < FEWEST_LEARNED || asked.rows() < FEWEST_ASKED) {
                return List.of();
            }
            Dataset learned = Rows.first(train, count);
            if (!memorised(bench, rehearsal, learned, epochs)) {
                return List.of();
            }
            double chance = Math.max(Rows.majority(asked), 1.0 / asked.width());
            double limit = chance + DEVIATIONS * Math.sqrt(chance * (1 - chance) / asked.rows());
            double accuracy = rehearsal.accuracy(asked);
            return accuracy > limit ? List.of() : List.of(finding(accuracy, limit, learned, asked));
        }
    }

    private static boolean memorised(Bench bench, Rehearsal rehearsal, Dataset rows, int epochs) {
        int batch = Math.min(BATCH, rehearsal.capacity());
        int step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int from = 0; from < rows.rows(); from += batch) {
                rehearsal.step(++step);
                Dataset some = Rows.range(rows, from, Math.min(rows.rows(), from + batch));
                if (!Double.isFinite(rehearsal.forward(some, true))) {
                    return false;
                }
                rehearsal.backward();
                rehearsal.addPenalty();
                rehearsal.update(bench.plan().learningRate());
            }
            if (epoch % 4 == 3 && rehearsal.accuracy(rows) >= MEMORISED) {
                return true;
            }
        }
        return false;
    }

    private static Finding finding(double accuracy, double limit, Dataset learned, Dataset asked) {
        long classes = Arrays.stream(asked.labels()).distinct().count();
        return new Finding(
                "random_labels",
                Finding.Severity.WARN,
                "check",
                "labels",
                accuracy,
                String.format(Locale.ROOT, "<= %.3f", limit),
                String.format(
                        Locale.ROOT,
                        "%d rows are learned by heart, but of %,d others in %d classes only %.1f %% are answered right,"
                                + " no more than by chance; most likely labels and rows do not belong together",
                        learned.rows(),
                        asked.rows(),
                        classes,
                        100 * accuracy),
                "look whether rows and labels are read in the same order; if the task is that hard, set"
                        + " checks.generalization: false",
                "C. Zhang et al., Understanding deep learning requires rethinking generalization, ICLR 2017");
    }
}

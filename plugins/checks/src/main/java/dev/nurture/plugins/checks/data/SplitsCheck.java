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

/** Looks for rows to judge by that stand among those to learn from. */
final class SplitsCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "splits",
            "Looks for validation and test rows that are training rows, too.",
            SplitsCheck::new);

    /** The public image sets repeat up to half a percent of their rows; a leak shows in more. */
    private static final double LEAK = 0.02;

    /** Rows of few values repeat by nature: as often as training rows repeat each other, times this, is no leak. */
    private static final double BY_NATURE = 3;

    private static final double GRAVE = 0.1;

    @Override
    public List<Finding> look(Bench bench) {
        Dataset train = bench.train();
        Map<Long, Integer> first = new HashMap<>(2 * train.rows());
        int repeated = 0;
        for (int row = 0; row < train.rows(); row++) {
            repeated += first.putIfAbsent(hash(train, row), row) == null ? 0 : 1;
        }
        double natural = (double) repeated / train.rows();
        List<Finding> findings = new ArrayList<>();
        bench.validation().ifPresent(rows -> look("validation", rows, train, first, natural, findings));
        bench.test().ifPresent(rows -> look("test", rows, train, first, natural, findings));
        findings.sort((a, b) -> b.severity().compareTo(a.severity()));
        return findings;
    }

    private static void look(
            String split,
            Dataset rows,
            Dataset train,
            Map<Long, Integer> first,
            double natural,
            List<Finding> findings) {
        int shared = 0;
        for (int row = 0; row < rows.rows(); row++) {
            Integer same = first.get(hash(rows, row));
            shared += same != null && equal(train, same, rows, row) ? 1 : 0;
        }
        double share = (double) shared / rows.rows();
        double limit = LEAK + BY_NATURE * natural;
        if (share <= limit) {
            return;
        }
        findings.add(new Finding(
                "split_leak",
                share > GRAVE + BY_NATURE * natural ? Finding.Severity.FAIL : Finding.Severity.WARN,
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

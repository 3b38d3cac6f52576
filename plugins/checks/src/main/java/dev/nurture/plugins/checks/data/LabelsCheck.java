package dev.nurture.plugins.checks.data;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.SanityCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Looks at the classes of the training rows: whether they are classes, and how often each comes. */
final class LabelsCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "labels",
            "Looks for labels that are no classes, and for classes that are rare against others.",
            LabelsCheck::new);

    /** FAULTS: ten times as many rows of one class as of another. */
    private static final double IMBALANCE = 10;

    @Override
    public List<Finding> look(Bench bench) {
        Dataset train = bench.train();
        if (!train.classification()) {
            return List.of();
        }
        int[] counts = new int[train.width()];
        List<Finding> findings = new ArrayList<>();
        for (int row = 0; row < train.rows(); row++) {
            int label = train.labels()[row];
            if (label < 0 || label >= counts.length) {
                return List.of(outside(row, label, counts.length));
            }
            counts[label]++;
        }
        int most = Arrays.stream(counts).max().orElse(0);
        int least = Arrays.stream(counts).min().orElse(0);
        // Of a few rows some class may be rare by chance: this many it may have had by two deviations more luck.
        double atBest = least + 2 * Math.sqrt(least) + 1;
        if (most / atBest > IMBALANCE) {
            int rare = 0;
            while (counts[rare] != least) {
                rare++;
            }
            findings.add(new Finding(
                    "class_imbalance",
                    Finding.Severity.WARN,
                    "check",
                    "class " + rare,
                    least == 0 ? Double.POSITIVE_INFINITY : (double) most / least,
                    "> " + IMBALANCE,
                    String.format(
                            Locale.ROOT,
                            "class %d has %,d of the %,d training rows, another class %,d; a network that never answers"
                                    + " it is hardly ever wrong",
                            rare,
                            least,
                            train.rows(),
                            most),
                    "gather more rows of the rare classes, or repeat them, and judge by more than accuracy",
                    "H. He and E. Garcia, Learning from imbalanced data, IEEE TKDE 21 (2009)"));
        }
        return findings;
    }

    private static Finding outside(int row, int label, int classes) {
        return new Finding(
                "label_range",
                Finding.Severity.FAIL,
                "check",
                "row " + row,
                label,
                "outside [0, " + classes + ")",
                "row " + row + " has the label " + label + ", but there are the classes 0 to " + (classes - 1),
                "number the classes from 0 in the data set",
                "TheDeepChecker, H. Ben Braiek and F. Khomh, ACM TOSEM 32 (2023)");
    }
}

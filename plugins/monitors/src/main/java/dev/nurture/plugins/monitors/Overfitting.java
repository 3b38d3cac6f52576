package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import java.util.List;
import java.util.Locale;

/** Watches for a validation loss that rises while the training loss falls. */
final class Overfitting implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "overfitting",
            "Watches for a validation loss that rises while the training loss falls, with a gap in accuracy (CS231n"
                    + " lecture 6, babysitting the learning process).",
            Overfitting::new);

    /** FAULTS: over five evaluations. */
    private static final int EPOCHS = 5;

    /** FAULTS: a tenth. */
    private static final double GAP = 0.1;

    /** A validation loss this much above its best has turned; below, it is the noise of few rows. */
    private static final double RISEN = 1.1;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private final Streak streak = new Streak(EPOCHS);
            private double best = Double.POSITIVE_INFINITY;
            private double trainAtBest;

            @Override
            public List<Finding> evaluated(EpochStatistics statistics) {
                if (statistics.validationLoss() < best) {
                    best = statistics.validationLoss();
                    trainAtBest = statistics.trainLoss();
                }
                double gap = statistics.trainAccuracy() - statistics.validationAccuracy();
                boolean apart =
                        training.classes() > 0 ? gap > GAP : statistics.validationLoss() > 2 * statistics.trainLoss();
                boolean holds =
                        statistics.validationLoss() > RISEN * best && statistics.trainLoss() < trainAtBest && apart;
                return streak.lasts("validation", holds) ? List.of(finding(statistics, best)) : List.of();
            }
        };
    }

    private static Finding finding(Monitor.EpochStatistics statistics, double best) {
        return new Finding(
                "overfitting",
                Finding.Severity.WARN,
                "train",
                "validation_loss",
                statistics.validationLoss() / best,
                "> " + RISEN + " for " + EPOCHS + " evaluations",
                String.format(
                        Locale.ROOT,
                        "the validation loss was %.4g at its best and is %.4g, while the training loss still falls (%.4g);"
                                + " the network learns the rows by heart",
                        best,
                        statistics.validationLoss(),
                        statistics.trainLoss()),
                "training.early_stopping, more regularization.l2 or dropout, augmentation, more rows, or fewer units",
                "CS231n lecture 6, babysitting the learning process: a wide gap is overfitting");
    }
}

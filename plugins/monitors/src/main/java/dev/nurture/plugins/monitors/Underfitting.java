package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import java.util.List;
import java.util.Locale;

/** Notes a training loss that is flat far from zero, with no gap to validation: more capacity would help. */
final class Underfitting implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "underfitting",
            "Notes a training loss that has gone flat far from zero, with no gap to validation (CS231n lecture 6,"
                    + " babysitting the learning process).",
            Underfitting::new);

    private static final int EPOCHS = 8;

    /** In so many epochs a loss that is flat falls by less than this share. */
    private static final double FLAT = 0.01;

    /** A training accuracy beyond this is fitted. */
    private static final double FITTED = 0.7;

    /** FAULTS: two hundredths. */
    private static final double GAP = 0.02;

    /** Nothing has been learned below this share of chance: then the loss is stuck, which is another matter. */
    private static final double LEARNED = 0.97;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private final Smoothed losses = new Smoothed(2 * EPOCHS);
            private double rate;

            @Override
            public List<Finding> evaluated(EpochStatistics statistics) {
                losses.add(statistics.trainLoss());
                rate = Math.max(rate, statistics.learningRate());
                boolean classes = training.classes() > 0 && training.chance() > 0;
                double gap = statistics.trainAccuracy() - statistics.validationAccuracy();
                if (!classes || !losses.full() || !(statistics.trainAccuracy() < FITTED) || !(gap < GAP)) {
                    return List.of();
                }
                double before = losses.part(0, 2);
                double now = losses.part(1, 2);
                // At the end of a schedule every loss is flat.
                boolean flat = before - now < FLAT * before && statistics.learningRate() >= rate / 2;
                return flat && now < LEARNED * training.chance() ? List.of(finding(statistics, now)) : List.of();
            }
        };
    }

    private static Finding finding(Monitor.EpochStatistics statistics, double loss) {
        return new Finding(
                "underfitting",
                Finding.Severity.INFO,
                "train",
                "train_loss",
                statistics.trainAccuracy(),
                "< " + FITTED,
                String.format(
                        Locale.ROOT,
                        "the training loss has gone flat at %.4g, with %.0f %% of the training rows answered right and no"
                                + " gap to validation; the network can learn no more",
                        loss,
                        100 * statistics.trainAccuracy()),
                "more units or layers, less regularization, or a higher learning rate",
                "CS231n lecture 6, babysitting the learning process: no gap, increase model capacity");
    }
}

package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import java.util.List;
import java.util.Locale;

/** Watches for a loss that has not left the place where a network that knows nothing is, epoch after epoch. */
final class LossStuck implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "loss_stuck",
            "Watches for a loss that does not fall from where it began (AUTOTRAINER, ICSE 2021: not converging).",
            LossStuck::new);

    private static final int EPOCHS = 3;
    private static final long STEPS = 150;

    /** FAULTS: a tenth of a percent a window; here two percent, by the mean of three epochs, of the loss before the first step. */
    private static final double FALLEN = 0.02;

    /** What rises is not stuck. */
    private static final double RISEN = 1.5;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private double first = Double.NaN;
            private final Smoothed losses = new Smoothed(EPOCHS);

            @Override
            public void stepped(long step, double loss) {
                first = step == 1 ? loss : first;
            }

            @Override
            public List<Finding> evaluated(EpochStatistics statistics) {
                losses.add(statistics.trainLoss());
                double from = training.chance() > 0 ? Math.min(first, training.chance()) : first;
                // Of a run that is taken up again nobody knows how it began.
                if (Double.isNaN(from) || !losses.full() || statistics.step() < STEPS) {
                    return List.of();
                }
                double mean = losses.part(0, 1);
                if (mean < (1 - FALLEN) * from || mean > RISEN * from) {
                    return List.of();
                }
                return List.of(new Finding(
                        "loss_stuck",
                        Finding.Severity.WARN,
                        "train",
                        "loss",
                        (from - mean) / from,
                        "< " + FALLEN,
                        String.format(
                                Locale.ROOT,
                                "after %d epochs the training loss is %.4g, and was %.4g before the first step; the"
                                        + " network learns nothing",
                                statistics.epoch(),
                                mean,
                                from),
                        "change optimizer.learning_rate by a factor of ten, and run nurture check",
                        "CS231n lecture 6, babysitting the learning process: loss barely changing"));
            }
        };
    }
}

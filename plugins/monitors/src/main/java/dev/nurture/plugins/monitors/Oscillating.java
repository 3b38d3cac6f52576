package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.List;
import java.util.Locale;

/**
 * Watches for a loss that jumps up and down far above its best and comes no lower. The noise of batches jumps, too, but
 * about as far as the loss is high, and while the loss falls.
 */
final class Oscillating implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "oscillating",
            "Watches for a loss that jumps up and down and comes no lower (AUTOTRAINER, ICSE 2021: oscillating loss).",
            Oscillating::new);

    /** FAULTS says 50; with four times as many, noise alone does not do it. */
    private static final int WINDOW = 200;

    /** Of the steps, so many change direction. */
    private static final double TURNS = 0.5;

    /** Deviation of the loss in the window against its mean; no healthy run of the bench of faults has that for so long. */
    private static final double SWING = 0.6;

    /** FAULTS: a net fall of less than five percent. */
    private static final double FALL = 0.05;

    /** Below this share of chance a network has learned, and single rows make the noise. */
    private static final double LEARNED = 0.5;

    private static final int LOOKS = 5;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private final Smoothed losses = new Smoothed(WINDOW);
            private final Streak streak = new Streak(LOOKS);
            private double first = Double.NaN;

            @Override
            public void stepped(long step, double loss) {
                first = Double.isNaN(first) ? loss : first;
                losses.add(loss);
            }

            @Override
            public List<Finding> sampled(StepStatistics statistics) {
                double scale = training.chance() > 0 ? training.chance() : first;
                if (!losses.full() || training.stepsPerEpoch() < 2) {
                    return List.of();
                }
                double mean = losses.part(0, 1);
                double fall = (losses.part(0, 2) - losses.part(1, 2)) / mean;
                boolean holds = mean > LEARNED * scale && turns() > TURNS && swing(mean) > SWING && fall < FALL;
                return streak.lasts("loss", holds) ? List.of(finding(swing(mean), mean)) : List.of();
            }

            private double swing(double mean) {
                double squares = 0;
                for (int i = 0; i < WINDOW; i++) {
                    squares += (losses.at(i) - mean) * (losses.at(i) - mean);
                }
                return Math.sqrt(squares / WINDOW) / mean;
            }

            private double turns() {
                int turns = 0;
                for (int i = 2; i < WINDOW; i++) {
                    double before = losses.at(i - 1) - losses.at(i - 2);
                    double now = losses.at(i) - losses.at(i - 1);
                    turns += before * now < 0 ? 1 : 0;
                }
                return (double) turns / (WINDOW - 2);
            }
        };
    }

    private static Finding finding(double swing, double mean) {
        return new Finding(
                "oscillating",
                Finding.Severity.WARN,
                "train",
                "loss",
                swing,
                "> " + SWING,
                String.format(
                        Locale.ROOT,
                        "over the last %d steps the loss jumps up and down by %.0f %% of its mean, %.4g, and comes no"
                                + " lower; the learning rate is too high",
                        WINDOW,
                        100 * swing,
                        mean),
                "lower optimizer.learning_rate to a third, or add a schedule such as cosine",
                "CS231n lecture 6, babysitting the learning process: loss curves of a high learning rate");
    }
}

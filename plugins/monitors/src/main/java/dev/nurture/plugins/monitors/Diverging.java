package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.List;
import java.util.Locale;

/** Watches for a loss that has grown beyond its beginning, and beyond knowing nothing, and stays there. */
final class Diverging implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "diverging",
            "Watches for a loss that stays above three times its beginning (CS231n lecture 6, babysitting the learning"
                    + " process).",
            Diverging::new);

    /** Lecture: give up when the cost exceeds three times the initial. */
    private static final double EXPLODED = 3;

    /** An outlier of a batch or two is no divergence. */
    private static final int STEPS = 20;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private double initial = Double.NaN;
            private int above;
            private double last;

            @Override
            public void stepped(long step, double loss) {
                if (Double.isNaN(initial)) {
                    initial = Math.max(Math.abs(loss), Math.max(0, training.chance()));
                }
                above = loss > EXPLODED * initial ? above + 1 : 0;
                last = loss;
            }

            @Override
            public List<Finding> sampled(StepStatistics statistics) {
                return above >= STEPS ? List.of(finding(initial, last, above)) : List.of();
            }

            @Override
            public List<Finding> evaluated(EpochStatistics statistics) {
                return above >= STEPS ? List.of(finding(initial, last, above)) : List.of();
            }
        };
    }

    private static Finding finding(double initial, double last, int steps) {
        return new Finding(
                "diverging",
                Finding.Severity.FAIL,
                "train",
                "loss",
                last / initial,
                "> " + EXPLODED + " times the initial loss",
                String.format(
                        Locale.ROOT,
                        "the loss has been above %.3g, three times its beginning, for %d steps, and is %.4g; the learning"
                                + " rate is too high",
                        EXPLODED * initial,
                        steps,
                        last),
                "lower optimizer.learning_rate to a tenth, or set training.clip_norm: 5",
                "CS231n lecture 6, babysitting the learning process: find a learning rate");
    }
}

package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Watches for a gradient far longer than it used to be. */
final class ExplodingGradient implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "exploding_gradient",
            "Watches for a gradient whose norm is a hundred times its running median (Amazon SageMaker Debugger, rule"
                    + " ExplodingTensor).",
            ExplodingGradient::new);

    /** FAULTS: a hundred times. */
    private static final double EXPLODED = 100;

    private static final int REMEMBERED = 25;
    private static final int FEWEST = 5;

    /** One batch may be odd. */
    private static final int LOOKS = 2;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private final double[] norms = new double[REMEMBERED];
            private final Streak streak = new Streak(LOOKS);
            private int count;
            private double greatest;

            @Override
            public List<Finding> sampled(StepStatistics statistics) {
                double norm = statistics.gradientNorm();
                double median = median();
                // A network that has learned has next to no gradient, and then a hundred times of it now and then.
                boolean holds = count >= FEWEST && norm > EXPLODED * median && norm > greatest;
                if (!holds) {
                    norms[count++ % REMEMBERED] = norm;
                    greatest = Math.max(greatest, norm);
                }
                return streak.lasts("gradient", holds) ? List.of(finding(norm, median)) : List.of();
            }

            private double median() {
                double[] sorted = Arrays.copyOf(norms, Math.min(count, REMEMBERED));
                Arrays.sort(sorted);
                return sorted.length == 0 ? Double.POSITIVE_INFINITY : sorted[sorted.length / 2];
            }
        };
    }

    private static Finding finding(double norm, double median) {
        return new Finding(
                "exploding_gradient",
                Finding.Severity.WARN,
                "train",
                "gradient",
                norm / median,
                "> " + EXPLODED,
                String.format(
                        Locale.ROOT,
                        "the gradient has a norm of %.3g, its running median is %.3g; the next steps may throw the"
                                + " weights far off",
                        norm,
                        median),
                "set training.clip_norm, to about ten times that median, or lower optimizer.learning_rate",
                "R. Pascanu, T. Mikolov and Y. Bengio, On the difficulty of training recurrent networks, ICML 2013");
    }
}

package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.List;
import java.util.Locale;

/** Watches for a gradient that hardly reaches the first layer, against that of the last. */
final class VanishingGradient implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "vanishing_gradient",
            "Watches for a gradient of the first layer's weights that is next to nothing against the last layer's"
                    + " (DeepDiagnosis, ICSE 2022).",
            VanishingGradient::new);

    /** FAULTS: a thousandth of the last layer's, and a mean magnitude below 1e-7. */
    private static final double RATIO = 1e-3;

    private static final double MAGNITUDE = 1e-7;
    private static final int LOOKS = 3;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private final Streak streak = new Streak(LOOKS);

            @Override
            public List<Finding> sampled(StepStatistics statistics) {
                List<StepStatistics.TensorStatistics> weights = statistics.tensors().stream()
                        .filter(StepStatistics.TensorStatistics::weight)
                        .toList();
                if (weights.size() < 2) {
                    return List.of();
                }
                StepStatistics.TensorStatistics first = weights.get(0);
                StepStatistics.TensorStatistics last = weights.get(weights.size() - 1);
                boolean holds = first.gradient() < MAGNITUDE && first.gradient() < RATIO * last.gradient();
                return streak.lasts(first.name(), holds) ? List.of(finding(first, last)) : List.of();
            }
        };
    }

    private static Finding finding(StepStatistics.TensorStatistics first, StepStatistics.TensorStatistics last) {
        return new Finding(
                "vanishing_gradient",
                Finding.Severity.WARN,
                "train",
                first.name(),
                first.gradient() / last.gradient(),
                "< " + RATIO,
                String.format(
                        Locale.ROOT,
                        "the gradient of %s has a mean magnitude of %.2g, that of %s %.2g; the first layers learn next to"
                                + " nothing",
                        first.name(),
                        first.gradient(),
                        last.name(),
                        last.gradient()),
                "normalization: batch in the hidden layers, relu in place of sigmoid or tanh, the initializer that goes"
                        + " with it, or fewer layers",
                "CS231n lecture 6, activation functions: saturated units kill the gradients");
    }
}

package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Watches for layers most of whose outputs stay at an end of their activation's range. */
final class SaturatedUnits implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "saturated_units",
            "Watches for layers more than half of whose outputs stay beyond 99 % of their range (CS231n lecture 6,"
                    + " activation functions).",
            SaturatedUnits::new);

    /** FAULTS: more than half of a layer's outputs. */
    private static final double SATURATED = 0.5;

    private static final int LOOKS = 5;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private final Streak streak = new Streak(LOOKS);

            @Override
            public List<Finding> sampled(StepStatistics statistics) {
                List<Finding> findings = new ArrayList<>();
                List<StepStatistics.LayerStatistics> layers = statistics.layers();
                // The last layer is to be sure of itself in the end.
                for (StepStatistics.LayerStatistics layer : layers.subList(0, layers.size() - 1)) {
                    if (streak.lasts(layer.name(), layer.saturated() > SATURATED)) {
                        findings.add(finding(layer));
                    }
                }
                return findings;
            }
        };
    }

    private static Finding finding(StepStatistics.LayerStatistics layer) {
        return new Finding(
                "saturated_units",
                Finding.Severity.WARN,
                "train",
                layer.name(),
                layer.saturated(),
                "> " + SATURATED,
                String.format(
                        Locale.ROOT,
                        "%.0f %% of the outputs of %s stay at an end of the activation's range, where it has no slope;"
                                + " weights or learning rate are too large",
                        100 * layer.saturated(),
                        layer.name()),
                "initializer: xavier, a lower learning rate, regularization.l2, or normalization: batch at "
                        + layer.path(),
                "CS231n lecture 6, activation functions: saturated units kill the gradients");
    }
}

package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Watches for layers most of whose units give nothing for any row. */
final class DeadUnits implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "dead_units",
            "Watches for layers more than half of whose units are zero for every one of 500 rows (CS231n lecture 6,"
                    + " activation functions: dead ReLU).",
            DeadUnits::new);

    /** FAULTS: more than half of a layer's units. */
    private static final double DEAD = 0.5;

    private static final int LOOKS = 2;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private final Streak streak = new Streak(LOOKS);

            @Override
            public List<Finding> sampled(StepStatistics statistics) {
                List<Finding> findings = new ArrayList<>();
                for (StepStatistics.LayerStatistics layer : statistics.layers()) {
                    if (streak.lasts(layer.name(), layer.dead() > DEAD)) {
                        findings.add(finding(layer));
                    }
                }
                return findings;
            }
        };
    }

    private static Finding finding(StepStatistics.LayerStatistics layer) {
        return new Finding(
                        "dead_units",
                        Finding.Severity.WARN,
                        "train",
                        layer.name(),
                        layer.dead(),
                        "> " + DEAD,
                        String.format(
                                Locale.ROOT,
                                "%.0f %% of the units of %s give nothing for any of the last 500 rows, so they get no"
                                        + " gradient and stay dead; a learning rate too high knocks them off",
                                100 * layer.dead(),
                                layer.name()),
                        "lower optimizer.learning_rate, or use activation: leaky_relu at " + layer.path(),
                        "CS231n lecture 6, activation functions: dead ReLU")
                .remedied(layer.path() + ".activation=leaky_relu");
    }
}

package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import java.util.List;
import java.util.Locale;

/** Notes a loss that was flat for a long time from the start, and then dropped: the first weights are suspect. */
final class Plateau implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "plateau",
            "Notes a loss that was flat from the start for some epochs and dropped only then (CS231n lecture 6,"
                    + " babysitting the learning process).",
            Plateau::new);

    private static final int EPOCHS = 3;
    private static final long STEPS = 100;
    private static final double FLAT = 0.01;
    private static final double DROPPED = 0.1;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private double first = Double.NaN;
            private int flat;
            private boolean dropped;

            @Override
            public List<Finding> evaluated(EpochStatistics statistics) {
                first = Double.isNaN(first) ? statistics.trainLoss() : first;
                double from = training.chance() > 0 ? training.chance() : first;
                double fall = (from - statistics.trainLoss()) / from;
                flat += !dropped && Math.abs(fall) < FLAT ? 1 : 0;
                if (dropped || fall < DROPPED) {
                    return List.of();
                }
                dropped = true;
                boolean lasting = flat >= EPOCHS && flat * training.stepsPerEpoch() >= STEPS;
                return lasting ? List.of(finding(flat, from, statistics)) : List.of();
            }
        };
    }

    private static Finding finding(int flat, double from, Monitor.EpochStatistics statistics) {
        return new Finding(
                "plateau",
                Finding.Severity.WARN,
                "train",
                "loss",
                flat,
                ">= " + EPOCHS + " epochs",
                String.format(
                        Locale.ROOT,
                        "for %d epochs the loss stood at %.4g and only then dropped, to %.4g; most likely the first"
                                + " weights are too small",
                        flat,
                        from,
                        statistics.trainLoss()),
                "an initializer that goes with the activation (he, xavier), or normalization: batch",
                "CS231n lecture 6, babysitting the learning process: bad initialization a prime suspect");
    }
}

package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Watches for weights that are changed far too much at each step, and for all of them being hardly changed at all. */
final class UpdateRatio implements Monitor {
    static final Factory<Monitor> FACTORY = Factory.of(
            Monitor.class,
            "update_ratio",
            "Watches the norm of the updates against that of the weights, which should be about 1e-3 (CS231n lecture 6,"
                    + " babysitting the learning process).",
            UpdateRatio::new);

    /** FAULTS: a tenth. At the start weights that begin small change by more, so it counts after a while and only when it lasts. */
    private static final double HIGH = 1e-1;

    /** FAULTS: 1e-5, here of every weight at once and only while the schedule is near its greatest rate. */
    private static final double LOW = 1e-5;

    /** Steps in which small first weights may grow. */
    private static final long WARM_UP = 100;

    private static final int LOOKS = 10;

    /** Of the greatest rate seen; below, a schedule is on its way down. */
    private static final double FULL_RATE = 0.5;

    @Override
    public Watch watch(Training training) {
        return new Watch() {
            private final Streak high = new Streak(LOOKS);
            private final Streak low = new Streak(LOOKS);
            private double greatestRate = training.plan().learningRate();
            private double firstLoss = Double.NaN;

            @Override
            public List<Finding> sampled(StepStatistics statistics) {
                greatestRate = Math.max(greatestRate, statistics.learningRate());
                firstLoss = Double.isNaN(firstLoss) ? statistics.loss() : firstLoss;
                List<Finding> findings = new ArrayList<>();
                if (statistics.step() < WARM_UP) {
                    return findings;
                }
                double greatest = 0;
                for (StepStatistics.TensorStatistics tensor : statistics.tensors()) {
                    if (!tensor.weight()) {
                        continue;
                    }
                    greatest = Math.max(greatest, tensor.updateRatio());
                    if (high.lasts(tensor.name(), tensor.updateRatio() > HIGH)) {
                        findings.add(high(tensor));
                    }
                }
                boolean still = greatest < LOW
                        && statistics.learningRate() >= FULL_RATE * greatestRate
                        && statistics.loss() > FULL_RATE * firstLoss;
                if (low.lasts("weights", still)) {
                    findings.add(low(greatest));
                }
                return findings;
            }
        };
    }

    private static Finding high(StepStatistics.TensorStatistics tensor) {
        return new Finding(
                "update_ratio",
                Finding.Severity.WARN,
                "train",
                tensor.name(),
                tensor.updateRatio(),
                "> " + HIGH,
                String.format(
                        Locale.ROOT,
                        "each step changes %s by %.2g of its norm, for %d looks in a row; about 1e-3 is usual, and the"
                                + " learning rate is too high",
                        tensor.name(),
                        tensor.updateRatio(),
                        LOOKS),
                "lower optimizer.learning_rate to a tenth",
                "CS231n lecture 6, babysitting the learning process: ratio of updates to weights");
    }

    private static Finding low(double ratio) {
        return new Finding(
                "update_ratio",
                Finding.Severity.WARN,
                "train",
                "weights",
                ratio,
                "< " + LOW,
                String.format(
                        Locale.ROOT,
                        "no step changes any weight by more than %.2g of its norm; about 1e-3 is usual, and the learning"
                                + " rate is too low",
                        ratio),
                "raise optimizer.learning_rate tenfold",
                "CS231n lecture 6, babysitting the learning process: ratio of updates to weights");
    }
}

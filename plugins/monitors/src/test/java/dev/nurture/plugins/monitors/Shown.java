package dev.nurture.plugins.monitors;

import dev.nurture.contracts.PlainTraining;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.ArrayList;
import java.util.List;

/**
 * A course of training of a test's own making, in three classes, 25 steps an epoch, of which every fifth is looked at; what a
 * network that knows nothing loses is ln 3.
 */
final class Shown {
    static final double CHANCE = Math.log(3);

    private static final Monitor.Training TRAINING = new PlainTraining(1, PlainTraining.Course.HEALTHY).training();

    private final Monitor.Watch watch;
    private final List<String> faults = new ArrayList<>();
    private long step;
    private int epoch;

    Shown(Monitor monitor) {
        watch = monitor.watch(TRAINING);
    }

    /** Shows a step of that loss. */
    Shown step(double loss) {
        return step(loss, 1);
    }

    /** Shows a step with a look inside, at a gradient of that norm. */
    Shown look(double gradientNorm) {
        step++;
        note(watch.sampled(new StepStatistics(step, 1, 0.1, 1, gradientNorm, List.of(), List.of())));
        return this;
    }

    private Shown step(double loss, double gradientNorm) {
        watch.stepped(++step, loss);
        if (step % TRAINING.interval() == 0) {
            note(watch.sampled(new StepStatistics(step, 1, 0.1, loss, gradientNorm, List.of(), List.of())));
        }
        return this;
    }

    /** Shows an epoch. */
    Shown epoch(double rate, double trainLoss, double trainAccuracy, double validationLoss, double validationAccuracy) {
        epoch++;
        note(watch.evaluated(new Monitor.EpochStatistics(
                epoch,
                epoch * TRAINING.stepsPerEpoch(),
                rate,
                trainLoss,
                trainAccuracy,
                validationLoss,
                validationAccuracy)));
        return this;
    }

    private void note(List<Finding> found) {
        found.forEach(finding -> faults.add(finding.fault()));
    }

    /** Returns whether the fault was found. */
    boolean finds(String fault) {
        return faults.contains(fault);
    }
}

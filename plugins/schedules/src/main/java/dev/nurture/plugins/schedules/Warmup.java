package dev.nurture.plugins.schedules;

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Linear warm-up over {@code W = epochs · (steps an epoch)} steps, rounded, on top of another schedule: {@code min(1, (s +
 * 1) / (W + 1))} times that schedule's factor at the same step.
 *
 * <p>P. Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", arXiv:1706.02677 (2017).
 */
final class Warmup implements LearningRateSchedule {
    private static final Param<Double> EPOCHS =
            Param.number("epochs").in("[0, inf)").or(5.0).doc("epochs in which it rises to its full value");
    private static final Param<LearningRateSchedule> THEN = Param.part("then", LearningRateSchedule.class)
            .or("constant")
            .doc("the schedule that it is multiplied with, which counts from the start of training");

    static final Factory<LearningRateSchedule> FACTORY = new Factory<>(
            LearningRateSchedule.class,
            "warmup",
            "The learning rate rises linearly to its full value, then follows another schedule.",
            List.of(EPOCHS, THEN),
            settings -> new Warmup(settings.get(EPOCHS), settings.get(THEN)));

    private final double epochs;
    private final LearningRateSchedule then;

    private Warmup(double epochs, LearningRateSchedule then) {
        this.epochs = epochs;
        this.then = then;
    }

    @Override
    public double factor(Progress progress) {
        return Curve.ramp(progress.step(), Curve.steps(epochs, progress)) * then.factor(progress);
    }
}

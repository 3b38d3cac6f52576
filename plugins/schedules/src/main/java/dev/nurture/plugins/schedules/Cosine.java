package dev.nurture.plugins.schedules;

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Cosine annealing after a linear warm-up of {@code W = warmup · (steps an epoch)} steps, rounded: {@code (s + 1) / (W +
 * 1)} before step {@code W}, from there {@code final + (1 − final)·½·(1 + cos(π·(s − W)/(T − W)))}.
 *
 * <p>It is 1 at step {@code W} and would be {@code final} at step {@code T}, one after the last: the last step still
 * learns. I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, without restarts.
 */
final class Cosine implements LearningRateSchedule {
    private static final Param<Double> WARMUP =
            Param.number("warmup").in("[0, inf)").or(0.0).doc("epochs of linear warm-up before it");
    private static final Param<Double> FINAL =
            Param.number("final").in("[0, 1]").or(0.0).doc("the factor that it comes down to at the end of training");

    static final Factory<LearningRateSchedule> FACTORY = new Factory<>(
            LearningRateSchedule.class,
            "cosine",
            "The learning rate falls along half a cosine wave over the whole training.",
            List.of(WARMUP, FINAL),
            settings -> new Cosine(settings.get(WARMUP), settings.get(FINAL)));

    private final double warmup;
    private final double finalFactor;

    private Cosine(double warmup, double finalFactor) {
        this.warmup = warmup;
        this.finalFactor = finalFactor;
    }

    @Override
    public double factor(Progress progress) {
        long rise = Curve.steps(warmup, progress);
        if (progress.step() < rise) {
            return Curve.ramp(progress.step(), rise);
        }
        return Curve.cosine(1, finalFactor, Curve.share(rise, progress));
    }
}

package dev.nurture.plugins.schedules;

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * One cycle: half a cosine wave from {@code initial} up to 1 over the first {@code W = warmup·T} steps, rounded, then
 * another from 1 at step {@code W} down to what would be {@code final} at step {@code T}, one after the last. The learning
 * rate of the definition is the peak.
 *
 * <p>L. Smith, N. Topin, "Super-convergence: very fast training of neural networks using large learning rates",
 * arXiv:1708.07120 (2017), with the cosine pieces, the start at 1/25 and the rise of 0.3 that have become usual.
 */
final class OneCycle implements LearningRateSchedule {
    private static final Param<Double> WARMUP =
            Param.number("warmup").in("[0, 1]").or(0.3).doc("the share of the training in which it rises");
    private static final Param<Double> INITIAL =
            Param.number("initial").in("(0, 1]").or(0.04).doc("the factor that it starts from");
    private static final Param<Double> FINAL =
            Param.number("final").in("[0, 1]").or(0.0).doc("the factor that it comes down to at the end of training");

    static final Factory<LearningRateSchedule> FACTORY = new Factory<>(
            LearningRateSchedule.class,
            "one_cycle",
            "The learning rate rises from a fraction to its full value, then falls to next to nothing.",
            List.of(WARMUP, INITIAL, FINAL),
            settings -> new OneCycle(settings.get(WARMUP), settings.get(INITIAL), settings.get(FINAL)));

    private final double warmup;
    private final double initialFactor;
    private final double finalFactor;

    private OneCycle(double warmup, double initialFactor, double finalFactor) {
        this.warmup = warmup;
        this.initialFactor = initialFactor;
        this.finalFactor = finalFactor;
    }

    @Override
    public double factor(Progress progress) {
        long step = progress.step();
        long rise = Math.round(warmup * progress.totalSteps());
        if (step < rise) {
            return Curve.cosine(initialFactor, 1, (double) step / rise);
        }
        return Curve.cosine(1, finalFactor, Curve.share(rise, progress));
    }
}

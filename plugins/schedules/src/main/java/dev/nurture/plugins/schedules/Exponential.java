package dev.nurture.plugins.schedules;

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Exponential decay: {@code factorᵉ}, step by step, so that after {@code n} whole epochs it is {@code factorⁿ}.
 *
 * <p>CS231n, "Neural networks 3", writes it {@code exp(−k·e)}; {@code factor = exp(−k)}.
 */
final class Exponential implements LearningRateSchedule {
    private static final Param<Double> FACTOR =
            Param.number("factor").in("(0, 1]").or(0.95).doc("what an epoch multiplies the learning rate by");

    static final Factory<LearningRateSchedule> FACTORY = new Factory<>(
            LearningRateSchedule.class,
            "exponential",
            "The learning rate falls by a factor over each epoch, a little at every step.",
            List.of(FACTOR),
            settings -> new Exponential(settings.get(FACTOR)));

    private final double factor;

    private Exponential(double factor) {
        this.factor = factor;
    }

    @Override
    public double factor(Progress progress) {
        return StrictMath.pow(factor, (double) progress.step() / progress.stepsPerEpoch());
    }
}

package org.example.nurture;

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Polynomial decay: {@code final + (1 − final)·(1 − s/T)^power} after {@code s} of {@code T} steps. It is 1 in the first
 * step and would be {@code final} after the last. W. Liu, A. Rabinovich, A. Berg, "ParseNet: looking wider to see better",
 * arXiv:1506.04579 (2015), with the power 0.9.
 */
final class PolynomialDecay implements LearningRateSchedule {
    private static final Param<Double> POWER =
            Param.number("power").in("(0, 100]").or(0.9).doc("1 is a straight line, above it falls early, below late");
    private static final Param<Double> FINAL =
            Param.number("final").in("[0, 1]").or(0.0).doc("the factor that it comes down to at the end of training");

    static final Factory<LearningRateSchedule> FACTORY = new Factory<>(
            LearningRateSchedule.class,
            "polynomial",
            "The learning rate falls with a power of the share of the training that is left (Liu et al. 2015).",
            List.of(POWER, FINAL),
            settings -> new PolynomialDecay(settings.get(POWER), settings.get(FINAL)));

    private final double power;
    private final double finalFactor;

    PolynomialDecay(double power, double finalFactor) {
        this.power = power;
        this.finalFactor = finalFactor;
    }

    @Override
    public double factor(Progress progress) {
        double left = Math.max(0, 1 - (double) progress.step() / progress.totalSteps());
        // StrictMath: the same bits on every JDK and processor.
        return finalFactor + (1 - finalFactor) * StrictMath.pow(left, power);
    }
}

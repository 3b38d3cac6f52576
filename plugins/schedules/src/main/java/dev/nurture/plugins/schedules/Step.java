package dev.nurture.plugins.schedules;

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Step decay: {@code factor^⌊⌊e⌋ / every⌋}, so that it falls at the first step after every {@code every} whole epochs.
 *
 * <p>CS231n, "Neural networks 3": by 0.1 every 20 epochs, typically.
 */
final class Step implements LearningRateSchedule {
    private static final Param<Integer> EVERY =
            Param.integer("every").in("[1, inf)").or(20).doc("epochs from one fall to the next");
    private static final Param<Double> FACTOR =
            Param.number("factor").in("(0, 1]").or(0.1).doc("what the learning rate is multiplied by each time");

    static final Factory<LearningRateSchedule> FACTORY = new Factory<>(
            LearningRateSchedule.class,
            "step",
            "The learning rate falls by a factor every so many epochs.",
            List.of(EVERY, FACTOR),
            settings -> new Step(settings.get(EVERY), settings.get(FACTOR)));

    private final int every;
    private final double factor;

    private Step(int every, double factor) {
        this.every = every;
        this.factor = factor;
    }

    @Override
    public double factor(Progress progress) {
        long epochs = progress.step() / progress.stepsPerEpoch();
        return StrictMath.pow(factor, epochs / every);
    }
}

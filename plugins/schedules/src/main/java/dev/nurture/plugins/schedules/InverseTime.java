package dev.nurture.plugins.schedules;

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * 1/t decay: {@code 1 / (1 + decay·e)}, step by step. After {@code 1 / decay} epochs the learning rate has halved.
 *
 * <p>CS231n, "Neural networks 3".
 */
final class InverseTime implements LearningRateSchedule {
    private static final Param<Double> DECAY =
            Param.number("decay").in("[0, inf)").or(0.1).doc("how fast it falls, per epoch");

    static final Factory<LearningRateSchedule> FACTORY = new Factory<>(
            LearningRateSchedule.class,
            "inverse_time",
            "The learning rate is divided by 1 + decay * epochs, a little more at every step.",
            List.of(DECAY),
            settings -> new InverseTime(settings.get(DECAY)));

    private final double decay;

    private InverseTime(double decay) {
        this.decay = decay;
    }

    @Override
    public double factor(Progress progress) {
        return 1 / (1 + decay * progress.step() / progress.stepsPerEpoch());
    }
}

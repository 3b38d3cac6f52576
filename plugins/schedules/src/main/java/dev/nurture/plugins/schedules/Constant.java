package dev.nurture.plugins.schedules;

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;

/** The learning rate as it is: {@code 1}. */
final class Constant implements LearningRateSchedule {
    static final Factory<LearningRateSchedule> FACTORY =
            Factory.of(LearningRateSchedule.class, "constant", "The learning rate stays as it is.", Constant::new);

    @Override
    public double factor(Progress progress) {
        return 1;
    }
}

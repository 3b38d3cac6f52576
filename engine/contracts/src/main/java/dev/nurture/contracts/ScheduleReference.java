package dev.nurture.contracts;

import dev.nurture.spi.LearningRateSchedule.Progress;

/** The factor of a schedule at a step, as its author states it. */
@FunctionalInterface
public interface ScheduleReference {
    double factor(Progress progress);
}

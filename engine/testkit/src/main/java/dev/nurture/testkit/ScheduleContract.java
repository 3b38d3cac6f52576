package dev.nurture.testkit;

import dev.nurture.contracts.ScheduleReference;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.LearningRateSchedule;

/** Tests of a learning-rate schedule: {@code class CosineTest extends ScheduleContract}. */
public abstract class ScheduleContract extends PartContract<LearningRateSchedule> {
    protected ScheduleContract() {
        super(LearningRateSchedule.class);
    }

    /** Returns the factors, to hold those of the schedule against; null when it is not stated. */
    protected ScheduleReference reference() {
        return null;
    }

    @Override
    final Subject<LearningRateSchedule> state(Subject<LearningRateSchedule> subject) {
        return subject.with(ScheduleReference.class, reference());
    }
}

package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.testkit.ScheduleContract;
import org.junit.jupiter.api.Test;

class {{class}}Test extends ScheduleContract {
    @Override
    protected LearningRateSchedule create() {
        return new {{class}}(2);
    }

    @Test
    void risesForTwoEpochsThenFallsWithTheRoot() {
        LearningRateSchedule schedule = create();
        assertEquals(0.05, schedule.factor(new At(0)));
        assertEquals(0.5, schedule.factor(new At(9)));
        assertEquals(1, schedule.factor(new At(19)));
        assertEquals(0.5, schedule.factor(new At(79)));
        assertEquals(0.25, schedule.factor(new At(319)));
    }

    /** A step of a training of 100 epochs of ten steps, before which nothing was evaluated. */
    private record At(long step) implements LearningRateSchedule.Progress {
        @Override
        public long totalSteps() {
            return 1_000;
        }

        @Override
        public long stepsPerEpoch() {
            return 10;
        }

        @Override
        public int evaluations() {
            return 0;
        }

        @Override
        public double loss(int i) {
            throw new IndexOutOfBoundsException(i);
        }
    }
}

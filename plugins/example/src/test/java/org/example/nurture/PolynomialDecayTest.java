package org.example.nurture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.testkit.ScheduleContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolynomialDecayTest extends ScheduleContract {
    @Override
    protected LearningRateSchedule create() {
        return new PolynomialDecay(0.9, 0.01);
    }

    @ParameterizedTest
    @CsvSource({
        // power, final, step of 1,000, factor
        "1,   0,    0,   1",
        "1,   0,    250, 0.75",
        "1,   0.2,  500, 0.6",
        "2,   0,    500, 0.25",
        "2,   0.5,  900, 0.505",
        "0.5, 0,    750, 0.5",
        "0.5, 0.25, 999, 0.2737170824512628"
    })
    void fallsWithAPowerOfWhatIsLeft(double power, double finalFactor, long step, double expected) {
        assertEquals(expected, new PolynomialDecay(power, finalFactor).factor(new At(step)), 1e-12);
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

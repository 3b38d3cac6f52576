package dev.nurture.plugins.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamPowerTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.9f, 0.999f, 0.999999})
    void isThatOfTheJdk(double base) {
        for (long n : new long[] {1, 2, 3, 7, 64, 1000, 1_000_003}) {
            assertThat(Adam.power(base, n))
                    .as("%s to the power of %s", base, n)
                    .isCloseTo(StrictMath.pow(base, n), withinPercentage(1e-7));
        }
    }
}

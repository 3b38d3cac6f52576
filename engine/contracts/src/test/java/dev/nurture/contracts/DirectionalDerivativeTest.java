package dev.nurture.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.KeyedRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Against sums of functions whose derivatives are known. */
class DirectionalDerivativeTest {
    private static final double ENOUGH = 1e-4;
    private final float[] x = Floats.normal(50, 1, new KeyedRandom(7));

    private double error(DoubleUnaryOperator f, DoubleUnaryOperator slope) {
        float[] gradient = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            gradient[i] = (float) slope.applyAsDouble(x[i]);
        }
        float[] before = x.clone();
        double error = new DirectionalDerivative(
                        x,
                        x.length,
                        gradient,
                        () -> {
                            double sum = 0;
                            for (float value : x) {
                                sum += f.applyAsDouble(value);
                            }
                            return sum;
                        },
                        1e-12,
                        1)
                .relativeError(new KeyedRandom(3), ENOUGH);
        assertThat(x).isEqualTo(before);
        return error;
    }

    @Test
    void aRightGradientHasNoErrorToSpeakOf() {
        assertThat(error(Math::sin, Math::cos)).isLessThan(ENOUGH);
        assertThat(error(Math::exp, Math::exp)).isLessThan(ENOUGH);
    }

    @Test
    void anErrorOfOnePercentIsMeasuredAsSuch() {
        assertThat(error(Math::sin, v -> 1.01 * Math.cos(v))).isBetween(0.0095, 0.0105);
        assertThat(error(Math::exp, v -> 0.99 * Math.exp(v))).isBetween(0.0095, 0.0105);
    }

    @Test
    void kinksAreSteppedOver() {
        assertThat(error(v -> Math.max(0, v), v -> v > 0 ? 1 : 0)).isLessThan(1e-3);
    }

    @Test
    void aGradientThatIsWronglyZeroIsFound() {
        assertThat(error(Math::sin, v -> 0)).isEqualTo(1);
    }

    @Test
    void aFunctionThatDoesNotDependOnItsValuesHasNoGradient() {
        assertThat(error(v -> 0, v -> 0)).isZero();
    }

    @Test
    void notANumberIsAnError() {
        assertThat(error(v -> Double.NaN, v -> 1)).isInfinite();
        assertThat(error(Math::sin, v -> Double.NaN)).isInfinite();
    }
}

package dev.nurture.plugins.activations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The errors that {@link Branchless} states, measured against {@link Math}. */
class BranchlessTest {
    private interface FloatFunction {
        float apply(float v);
    }

    /** Returns the greatest error on a grid, relative to what is allowed. */
    private static double worst(
            double from, double to, FloatFunction tried, DoubleUnaryOperator exact, DoubleUnaryOperator allowed) {
        double worst = 0;
        int points = 200_000;
        for (int i = 0; i <= points; i++) {
            float v = (float) (from + (to - from) * i / points);
            double expected = exact.applyAsDouble(v);
            if (expected != 0) {
                double error = Math.abs(tried.apply(v) / expected - 1);
                worst = Math.max(worst, error / allowed.applyAsDouble(v));
            }
        }
        return worst;
    }

    @Test
    void exp() {
        assertThat(worst(-66, 24, Branchless::exp, Math::exp, v -> 2.5e-7 + 7e-8 * Math.abs(v)))
                .isLessThan(1);
        assertThat(Branchless.exp(0f)).isEqualTo(1f);
        assertThat(Branchless.exp(-87.4f)).isZero();
        assertThat(Branchless.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(Branchless.exp(Float.NaN)).isNaN();
    }

    @Test
    void expm1() {
        assertThat(worst(-30, 0, Branchless::expm1, Math::expm1, v -> 4e-7)).isLessThan(1);
        assertThat(worst(-1e-3, 0, Branchless::expm1, Math::expm1, v -> 4e-7)).isLessThan(1);
        assertThat(worst(-1e-30, 0, Branchless::expm1, Math::expm1, v -> 4e-7)).isLessThan(1);
        assertThat(Branchless.expm1(-22f)).isEqualTo(-1f);
        assertThat(Branchless.expm1(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(Branchless.expm1(Float.NaN)).isNaN();
    }

    @Test
    void log1p() {
        assertThat(worst(0, 1, Branchless::log1p, Math::log1p, v -> 3e-7)).isLessThan(1);
        assertThat(worst(0, 1e-30, Branchless::log1p, Math::log1p, v -> 3e-7)).isLessThan(1);
    }

    @Test
    void sigmoid() {
        DoubleUnaryOperator exact = v -> 1 / (1 + Math.exp(-v));
        assertThat(worst(-66, 0, Branchless::sigmoid, exact, v -> 4e-7 - 7e-8 * v))
                .isLessThan(1);
        assertThat(worst(0, 30, Branchless::sigmoid, exact, v -> 3e-7)).isLessThan(1);
        assertThat(Branchless.sigmoid(0f)).isEqualTo(.5f);
        assertThat(Branchless.sigmoid(18f)).isEqualTo(1f);
    }

    @Test
    void tanh() {
        assertThat(worst(-12, 12, Branchless::tanh, Math::tanh, v -> 4e-7)).isLessThan(1);
        assertThat(worst(-1e-3, 1e-3, Branchless::tanh, Math::tanh, v -> 4e-7)).isLessThan(1);
        for (float v = 9.13f; v < 20; v += .01f) {
            assertThat(Branchless.tanh(v)).isEqualTo(1f);
            assertThat(Branchless.tanh(-v)).isEqualTo(-1f);
        }
    }

    @Test
    void stepIsExact() {
        for (float v : new float[] {Float.MIN_VALUE, 1e-40f, Float.MIN_NORMAL, 1, 1e38f, Float.POSITIVE_INFINITY}) {
            assertThat(Branchless.step(v)).isEqualTo(1f);
            assertThat(Branchless.step(-v)).isEqualTo(0f);
        }
        assertThat(Branchless.step(0f)).isEqualTo(0f);
        assertThat(Branchless.step(Float.NaN)).isNaN();
    }
}

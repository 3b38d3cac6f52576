package org.example.nurture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.contracts.ActivationFormula;
import dev.nurture.spi.Activation;
import dev.nurture.testkit.ActivationContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MishTest extends ActivationContract {
    @Override
    protected Activation create() {
        return new Mish(1);
    }

    @Override
    protected ActivationFormula formula() {
        return x -> mish(x, 1);
    }

    /** As the paper writes it. */
    private static double mish(double x, double sharpness) {
        return x * Math.tanh(Math.log1p(Math.exp(sharpness * x)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 1, 3, 100})
    void hasValuesAndSlopesOfTheFormulaAtAnySharpness(double sharpness) {
        float[] x = new float[401];
        float[] ones = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 200) / 20f;
            ones[i] = 1;
        }
        float[] y = new float[x.length];
        float[] slope = new float[x.length];
        Activation mish = new Mish(sharpness);
        mish.forward(x, y, 0, x.length);
        mish.backward(x, y, ones, slope, 0, x.length);
        double h = 1e-5 / sharpness;
        for (int i = 0; i < x.length; i++) {
            assertEquals(mish(x[i], sharpness), y[i], 1e-6 * Math.max(1, Math.abs(x[i])), "f(" + x[i] + ")");
            double difference = (mish(x[i] + h, sharpness) - mish(x[i] - h, sharpness)) / (2 * h);
            assertEquals(difference, slope[i], 1e-6, "f'(" + x[i] + ")");
        }
    }

    @Test
    void neitherOverflowsNorForgetsItsSign() {
        float[] x = {1e30f, Float.POSITIVE_INFINITY, -1e30f, Float.NEGATIVE_INFINITY, -50};
        float[] y = new float[x.length];
        create().forward(x, y, 0, x.length);
        assertArrayEquals(new float[] {1e30f, Float.POSITIVE_INFINITY, -0f, -0f, (float) (-50 * Math.exp(-50))}, y);
    }
}

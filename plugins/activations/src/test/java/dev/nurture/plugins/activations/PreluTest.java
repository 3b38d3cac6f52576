package dev.nurture.plugins.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.GradientCheck;
import dev.nurture.contracts.PlainCompute;
import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreluTest {
    private static final int BATCH = 37;

    private final ActivationLayer prelu = NamedActivation.layer("prelu", Map.of());
    private final TestVariables variables = new TestVariables(BATCH);

    /** Batch and shape are such that there are several tiles, the last not full. */
    @ParameterizedTest
    @ValueSource(strings = {"500", "12×9×7", "3×61×60"})
    void followsTheFormulaAndItsGradients(String extents) {
        Shape shape = Shape.of(
                Arrays.stream(extents.split("×")).mapToInt(Integer::parseInt).toArray());
        int channels = shape.channels();
        int size = shape.size();
        assertThat(prelu.build(shape, variables)).isEqualTo(shape);
        assertThat(prelu.inputsPerUnit()).isEqualTo(1);
        float[] slope = variables.trained().get("slope").value();
        assertThat(slope).hasSize(channels).containsOnly(.25f);
        KeyedRandom random = new KeyedRandom(3);
        for (int c = 0; c < channels; c++) {
            slope[c] = (float) random.nextGaussian();
        }
        float[] x = normal(BATCH * size, random);
        float[] dy = normal(BATCH * size, random);
        float[] y = new float[x.length];
        float[] dx = new float[x.length];
        prelu.forward(x, y, BATCH, TestPass.training(1));
        prelu.backward(x, y, dy, dx, BATCH, TestPass.training(1));

        double[] slopeGradient = new double[channels];
        for (int i = 0; i < x.length; i++) {
            int c = i % size / shape.plane();
            double expected = x[i] > 0 ? x[i] : (double) slope[c] * x[i];
            assertThat((double) y[i]).isCloseTo(expected, within(1e-6));
            double expectedDx = x[i] > 0 ? dy[i] : (double) slope[c] * dy[i];
            assertThat((double) dx[i]).isCloseTo(expectedDx, within(1e-6));
            slopeGradient[c] += x[i] > 0 ? 0 : (double) dy[i] * x[i];
        }
        float[] gradient = variables.trained().get("slope").gradient();
        for (int c = 0; c < channels; c++) {
            assertThat((double) gradient[c])
                    .isCloseTo(slopeGradient[c], within(1e-6 * Math.sqrt(BATCH * shape.plane())));
        }
    }

    @Test
    void gradientsAgreeWithCentredDifferences() {
        GradientCheck check = new GradientCheck(prelu, Shape.of(3, 4, 4), 5, 7);
        float[] x = check.x();
        for (int i = 0; i < x.length; i++) {
            // Keeps clear of the kink.
            x[i] += Math.copySign(.2f, x[i]);
        }
        assertThat(check.relativeErrors(1e-2f).values())
                .allSatisfy(error -> assertThat(error).isLessThan(1e-4));
    }

    @Test
    void anyNumberOfWorkersGivesTheSameBits() {
        Shape shape = Shape.of(6, 20, 20);
        prelu.build(shape, variables);
        KeyedRandom random = new KeyedRandom(5);
        float[] x = normal(BATCH * shape.size(), random);
        float[] dy = normal(BATCH * shape.size(), random);
        float[][] gradients = new float[3][];
        for (int workers = 1; workers <= 3; workers++) {
            TestPass pass = new TestPass(true, 1, new PlainCompute(workers));
            float[] y = new float[x.length];
            prelu.forward(x, y, BATCH, pass);
            // Nobody wants dx of a first layer; the slope's gradient is due all the same.
            prelu.backward(x, y, dy, workers == 2 ? null : new float[x.length], BATCH, pass);
            gradients[workers - 1] = variables.trained().get("slope").gradient().clone();
        }
        assertThat(gradients[1]).isEqualTo(gradients[0]).doesNotContain(Float.NaN);
        assertThat(gradients[2]).isEqualTo(gradients[0]);
    }

    private static float[] normal(int size, KeyedRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}

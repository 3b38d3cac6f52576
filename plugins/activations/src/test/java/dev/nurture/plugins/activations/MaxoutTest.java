package dev.nurture.plugins.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.contracts.GradientCheck;
import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaxoutTest {
    private static final TestPass PASS = TestPass.training(1);

    @Test
    void takesTheGreatestOfNeighbouringFeatures() {
        ActivationLayer maxout = NamedActivation.layer("maxout", Map.of());
        assertThat(maxout.inputsPerUnit()).isEqualTo(2);
        assertThat(maxout.build(Shape.of(4), new TestVariables(2))).isEqualTo(Shape.of(2));
        float[] x = {1, 2, -3, -4, 5, 5, Float.NaN, 0};
        float[] y = new float[4];
        maxout.forward(x, y, 2, PASS);
        assertThat(y).containsExactly(2, -3, 5, Float.NaN);
        float[] dx = new float[8];
        maxout.backward(x, y, new float[] {10, 20, 30, Float.NaN}, dx, 2, PASS);
        assertThat(dx).containsExactly(0, 10, 20, 0, 30, 0, Float.NaN, 0);
    }

    @Test
    void takesTheGreatestOfNeighbouringChannelsPlaceByPlace() {
        ActivationLayer maxout = NamedActivation.layer("maxout", Map.of("pieces", 3));
        assertThat(maxout.build(Shape.of(6, 1, 2), new TestVariables(1))).isEqualTo(Shape.of(2, 1, 2));
        float[] x = {1, 9, 2, 8, 3, 7, -1, -9, -2, -8, -3, Float.POSITIVE_INFINITY};
        float[] y = new float[4];
        maxout.forward(x, y, 1, PASS);
        assertThat(y).containsExactly(3, 9, -1, Float.POSITIVE_INFINITY);
        float[] dx = new float[12];
        Arrays.fill(dx, Float.NaN);
        maxout.backward(x, y, new float[] {1, 2, 3, 4}, dx, 1, PASS);
        assertThat(dx).containsExactly(0, 2, 0, 0, 1, 0, 3, 0, 0, 0, 0, 4);
    }

    @Test
    void manyTilesAgreeWithThePlainLoop() {
        int batch = 23;
        int units = 40;
        int pieces = 3;
        int plane = 49;
        ActivationLayer maxout = NamedActivation.layer("maxout", Map.of("pieces", pieces));
        maxout.build(Shape.of(units * pieces, 7, 7), new TestVariables(batch));
        float[] x = new float[batch * units * pieces * plane];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i * 12.9898);
        }
        float[] y = new float[batch * units * plane];
        float[] dy = new float[y.length];
        float[] dx = new float[x.length];
        Arrays.fill(dy, 1);
        maxout.forward(x, y, batch, PASS);
        maxout.backward(x, y, dy, dx, batch, PASS);
        float[] expectedY = new float[y.length];
        float[] expectedDx = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            int unit = i / plane;
            int best = unit * pieces * plane + i % plane;
            for (int piece = 1; piece < pieces; piece++) {
                int at = (unit * pieces + piece) * plane + i % plane;
                best = x[at] > x[best] ? at : best;
            }
            expectedY[i] = x[best];
            expectedDx[best] = 1;
        }
        assertThat(y).isEqualTo(expectedY);
        assertThat(dx).isEqualTo(expectedDx);
    }

    @Test
    void gradientsAgreeWithCentredDifferences() {
        GradientCheck check =
                new GradientCheck(NamedActivation.layer("maxout", Map.of("pieces", 2)), Shape.of(6, 3, 3), 4, 11);
        float[] x = check.x();
        for (int i = 0; i < x.length; i++) {
            // Pieces far apart, so that no step crosses a kink.
            x[i] += i / 9 % 2 == 0 ? 5 : -5;
        }
        assertThat(check.relativeErrors(1e-2f).get("x")).isLessThan(1e-4);
    }

    @Test
    void channelsThatAreNoMultipleOfThePiecesAreRefused() {
        ActivationLayer maxout = NamedActivation.layer("maxout", Map.of("pieces", 3));
        assertThatThrownBy(() -> maxout.build(Shape.of(100), new TestVariables(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "maxout takes the greatest of 3 pieces a unit, but 100 channels are not a multiple of that");
    }
}

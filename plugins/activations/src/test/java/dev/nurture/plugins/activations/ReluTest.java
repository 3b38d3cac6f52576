package dev.nurture.plugins.activations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Activation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReluTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private final Activation relu = NamedActivation.elementwise("relu", Map.of());

    private float gradient(float x, float dy) {
        float[] y = new float[1];
        float[] dx = {Float.NaN};
        relu.forward(new float[] {x}, y, 0, 1);
        relu.backward(new float[] {x}, y, new float[] {dy}, dx, 0, 1);
        return dx[0];
    }

    @Test
    void deadUnitGivesPlusZeroWhateverFlowsBack() {
        for (float x : new float[] {-INFINITY, -3, -Float.MIN_VALUE, -0f, 0f}) {
            for (float dy : new float[] {-INFINITY, -1e38f, -1, -0f, 0f, Float.MIN_VALUE, 1, 1e38f, INFINITY}) {
                assertThat(Float.floatToRawIntBits(gradient(x, dy)))
                        .as("x %s, dy %s", x, dy)
                        .isZero();
            }
        }
    }

    @Test
    void livingUnitPassesTheGradientAsItIs() {
        for (float x :
                new float[] {Float.MIN_VALUE, 1e-40f, Float.MIN_NORMAL, 1e-20f, 1, 1e20f, Float.MAX_VALUE, INFINITY}) {
            for (float dy : new float[] {-INFINITY, -1e38f, -1, 0f, Float.MIN_VALUE, 1, 1e38f, INFINITY}) {
                assertThat(gradient(x, dy)).as("x %s, dy %s", x, dy).isEqualTo(dy);
            }
        }
    }

    @Test
    void nanPassesFromEitherSide() {
        assertThat(gradient(Float.NaN, 1)).isNaN();
        assertThat(gradient(1, Float.NaN)).isNaN();
        assertThat(gradient(-1, Float.NaN)).isNaN();
    }
}

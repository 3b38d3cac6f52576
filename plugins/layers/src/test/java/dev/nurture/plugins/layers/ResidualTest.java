package dev.nurture.plugins.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidualTest {
    private static Layer conv(int filters, int stride) {
        return Parts.layer("conv2d", "filters", filters, "kernel", 3, "stride", stride);
    }

    private static Layer residual(Layer... layers) {
        return Parts.layer("residual", "layers", List.of(layers));
    }

    private static Layer projected(Layer... layers) {
        return Parts.layer("residual", "layers", List.of(layers), "projection", true);
    }

    @Test
    void addsItsInputToWhatItsLayersGive() {
        Layer tripling = Parts.layer("activation", "activation", ActivationLayer.of(new Parts.Linear(3)));
        Trial trial =
                Trial.training(residual(tripling), Shape.of(5), 4).forward().backward();
        for (int i = 0; i < 20; i++) {
            assertThat(trial.y[i]).isEqualTo(3 * trial.x[i] + trial.x[i]);
            assertThat(trial.dx[i]).isEqualTo(3 * trial.dy[i] + trial.dy[i]);
        }
    }

    @Test
    void layersThatDoNothingGiveTwiceTheInput() {
        Trial trial = Trial.training(residual(Parts.layer("dropout", "rate", 0.0)), Shape.of(5), 4)
                .forward()
                .backward();
        for (int i = 0; i < 20; i++) {
            assertThat(trial.y[i]).isEqualTo(2 * trial.x[i]);
            assertThat(trial.dx[i]).isEqualTo(2 * trial.dy[i]);
        }
    }

    @Test
    void namesTheVariablesOfItsLayers() {
        Trial trial = Trial.training(projected(conv(4, 1), conv(6, 2)), Shape.of(3, 5, 5), 1);
        assertThat(trial.variables.trained())
                .containsOnlyKeys(
                        "layer_0.weight", "layer_0.bias", "layer_1.weight", "layer_1.bias", "projection.weight");
        assertThat(trial.output).isEqualTo(Shape.of(6, 3, 3));
    }

    @Test
    void gradients() {
        Trial.checkGradients(residual(conv(4, 1), conv(3, 1)), Shape.of(3, 5, 4), 3, 1e-2f);
        Trial.checkGradients(projected(conv(4, 1), conv(6, 2)), Shape.of(3, 5, 4), 3, 1e-2f);
        Trial.checkGradients(projected(conv(5, 1)), Shape.of(3, 5, 4), 1, 1e-2f);
        Layer dense = Parts.layer("dense", "units", 7);
        Trial.checkGradients(projected(Parts.layer("dropout"), dense), Shape.of(9), 6, 1e-2f);
        Trial.checkDeterminism(() -> residual(conv(4, 1), conv(3, 1)), Shape.of(3, 40, 40), 5);
        Trial.checkDeterminism(() -> projected(conv(4, 2)), Shape.of(3, 40, 40), 5);
    }

    @Test
    void saysWhichShapesDiffer() {
        assertThatThrownBy(() -> Trial.training(residual(conv(4, 1)), Shape.of(3, 5, 5), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a residual block adds its input to its layers' output, but 3×5×5 went in and 4×5×5 came"
                        + " out; make them equal, or set projection: true");
        Layer valid = Parts.layer("conv2d", "filters", 3, "kernel", 3, "padding", "valid");
        assertThatThrownBy(() -> Trial.training(projected(valid), Shape.of(3, 7, 7), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no 1×1 convolution takes a residual block's input of 3×7×7 to its layers' output of 3×5×5");
        assertThatThrownBy(() -> residual())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a residual block needs at least one layer in 'layers'");
    }
}

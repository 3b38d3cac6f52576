package dev.nurture.plugins.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
    /** Both ways of lowering (few channels, many), odd and even kernels, every padding, strides, planes of any form. */
    private static final String CASES = """
            channels | height | width | filters | kernel | stride | padding | batch
            1        | 1      | 1     | 1       | 1      | 1      | same    | 1
            3        | 5      | 7     | 4       | 3      | 1      | same    | 3
            3        | 5      | 7     | 4       | 3      | 1      | valid   | 3
            2        | 6      | 5     | 3       | 4      | 1      | same    | 2
            16       | 5      | 4     | 3       | 3      | 1      | same    | 2
            16       | 5      | 4     | 3       | 3      | 1      | valid   | 2
            16       | 4      | 6     | 5       | 2      | 1      | same    | 1
            11       | 6      | 6     | 2       | 3      | 1      | 3       | 2
            2        | 3      | 3     | 2       | 2      | 1      | 4       | 2
            2        | 4      | 3     | 2       | 11     | 1      | same    | 2
            4        | 3      | 4     | 2       | 9      | 1      | same    | 1
            2        | 3      | 4     | 2       | 11     | 2      | same    | 2
            8        | 2      | 3     | 3       | 5      | 1      | same    | 2
            8        | 1      | 9     | 3       | 5      | 1      | same    | 2
            5        | 4      | 4     | 6       | 1      | 1      | same    | 3
            5        | 4      | 4     | 6       | 1      | 1      | 1       | 3
            5        | 5      | 4     | 6       | 1      | 2      | valid   | 3
            3        | 7      | 8     | 4       | 3      | 2      | same    | 3
            3        | 7      | 8     | 4       | 3      | 2      | 1       | 3
            3        | 8      | 8     | 4       | 2      | 2      | valid   | 3
            3        | 9      | 8     | 4       | 2      | 3      | 2       | 2
            24       | 14     | 14    | 40      | 3      | 1      | same    | 11
            48       | 5      | 5     | 60      | 3      | 1      | same    | 9
            48       | 5      | 5     | 60      | 3      | 2      | same    | 9
            """;

    private static Layer conv(int filters, int kernel, int stride, String padding) {
        return Parts.layer("conv2d", "filters", filters, "kernel", kernel, "stride", stride, "padding", padding);
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES, useHeadersInDisplayName = true, delimiter = '|')
    void agreesWithItsDefinition(
            int channels, int height, int width, int filters, int kernel, int stride, String padding, int batch) {
        Trial trial = Trial.training(conv(filters, kernel, stride, padding), Shape.of(channels, height, width), batch)
                .forward();
        int down = trial.output.extent(1);
        int across = trial.output.extent(2);
        int top = before(padding, height, kernel, stride, down);
        int left = before(padding, width, kernel, stride, across);
        float[] w = trial.weight("weight");
        for (int n = 0; n < batch; n++) {
            for (int f = 0; f < filters; f++) {
                for (int i = 0; i < down; i++) {
                    for (int j = 0; j < across; j++) {
                        double sum = trial.weight("bias")[f];
                        for (int c = 0; c < channels; c++) {
                            for (int u = 0; u < kernel; u++) {
                                for (int v = 0; v < kernel; v++) {
                                    int row = i * stride + u - top;
                                    int column = j * stride + v - left;
                                    if (row >= 0 && row < height && column >= 0 && column < width) {
                                        double value = trial.x[((n * channels + c) * height + row) * width + column];
                                        sum += value * w[((f * channels + c) * kernel + u) * kernel + v];
                                    }
                                }
                            }
                        }
                        Trial.assertClose(trial.y[((n * filters + f) * down + i) * across + j], sum);
                    }
                }
            }
        }
    }

    private static int before(String padding, int extent, int kernel, int stride, int places) {
        return switch (padding) {
            case "same" -> {
                assertThat(places).isEqualTo((int) Math.ceil((double) extent / stride));
                yield Math.max(0, (places - 1) * stride + kernel - extent) / 2;
            }
            case "valid" -> 0;
            default -> Integer.parseInt(padding);
        };
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES, useHeadersInDisplayName = true, delimiter = '|')
    void gradients(
            int channels, int height, int width, int filters, int kernel, int stride, String padding, int batch) {
        Shape input = Shape.of(channels, height, width);
        Trial.checkGradients(conv(filters, kernel, stride, padding), input, batch, 1e-1f);
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES, useHeadersInDisplayName = true, delimiter = '|')
    void sameBitsAtAnyNumberOfWorkers(
            int channels, int height, int width, int filters, int kernel, int stride, String padding, int batch) {
        Shape input = Shape.of(channels, height, width);
        Trial.checkDeterminism(() -> conv(filters, kernel, stride, padding), input, batch);
    }

    @Test
    void gradientsOfASmallerBatchThanTheLast() {
        Layer layer = conv(3, 3, 1, "same");
        Trial full = Trial.training(layer, Shape.of(12, 4, 4), 20).forward().backward();
        float[] fullGradient = full.gradient("weight").clone();
        layer.backward(full.x, full.y, full.dy, full.dx, 1, dev.nurture.contracts.TestPass.training(1));
        Trial alone = Trial.training(conv(3, 3, 1, "same"), Shape.of(12, 4, 4), 1)
                .forward()
                .backward();
        assertThat(full.gradient("weight")).isEqualTo(alone.gradient("weight")).isNotEqualTo(fullGradient);
    }

    @Test
    void declaresWeightAndFan() {
        Trial trial = Trial.training(
                Parts.layer("conv2d", "filters", 6, "kernel", 3, "activation", new Parts.PairSum()),
                Shape.of(4, 5, 5),
                1);
        assertThat(trial.output).isEqualTo(Shape.of(6, 5, 5));
        assertThat(trial.variables.trained().get("weight").shape()).isEqualTo(Shape.of(12, 36));
        assertThat(trial.variables.fans()).containsEntry("weight", new Fan(36, 54));
    }

    @Test
    void aNormalizationTakesThePlaceOfTheBias() {
        Layer layer = Parts.layer("conv2d", "filters", 6, "kernel", 3, "normalization", new Parts.Shift(false));
        Trial trial = Trial.training(layer, Shape.of(4, 5, 5), 1);
        assertThat(trial.variables.trained()).containsOnlyKeys("weight", "normalization.shift");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Trial.training(conv(2, 5, 1, "valid"), Shape.of(1, 3, 9), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a kernel of 5×5 does not fit into images of 1×3×9 with padding 0; a smaller kernel or more"
                        + " padding would");
        assertThatThrownBy(() -> Trial.training(conv(2, 3, 1, "same"), Shape.of(100), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a convolution takes images (channels, height, width), not examples of shape 100");
        assertThatThrownBy(() -> conv(2, 3, 1, "some"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("padding is same, valid or a whole number from 0 to 9999, not 'some'");
    }
}

package dev.nurture.plugins.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.spi.Layer;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingTest {
    private static final String CASES = """
            channels | height | width | size | stride | batch
            1        | 2      | 2     | 2    | 2      | 1
            3        | 6      | 8     | 2    | 2      | 3
            3        | 7      | 5     | 2    | 2      | 2
            2        | 7      | 9     | 3    | 2      | 2
            2        | 7      | 9     | 2    | 1      | 2
            2        | 8      | 8     | 3    | 3      | 2
            2        | 9      | 9     | 2    | 4      | 2
            2        | 4      | 4     | 4    | 4      | 2
            40       | 34     | 30    | 2    | 2      | 3
            """;

    @ParameterizedTest
    @CsvSource(textBlock = CASES, useHeadersInDisplayName = true, delimiter = '|')
    void agreesWithItsDefinition(int channels, int height, int width, int size, int stride, int batch) {
        Shape input = Shape.of(channels, height, width);
        Trial max = Trial.training(Parts.layer("max_pool2d", "size", size, "stride", stride), input, batch)
                .forward();
        Trial average = Trial.training(Parts.layer("average_pool2d", "size", size, "stride", stride), input, batch)
                .forward();
        int down = (height - size) / stride + 1;
        int across = (width - size) / stride + 1;
        assertThat(max.output).isEqualTo(Shape.of(channels, down, across));
        for (int plane = 0; plane < batch * channels; plane++) {
            for (int i = 0; i < down; i++) {
                for (int j = 0; j < across; j++) {
                    double greatest = Double.NEGATIVE_INFINITY;
                    double sum = 0;
                    for (int u = 0; u < size; u++) {
                        for (int v = 0; v < size; v++) {
                            double value = max.x[(plane * height + i * stride + u) * width + j * stride + v];
                            greatest = Math.max(greatest, value);
                            sum += value;
                        }
                    }
                    int at = (plane * down + i) * across + j;
                    assertThat((double) max.y[at]).isEqualTo(greatest);
                    Trial.assertClose(average.y[at], sum / (size * size));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES, useHeadersInDisplayName = true, delimiter = '|')
    void gradients(int channels, int height, int width, int size, int stride, int batch) {
        Shape input = Shape.of(channels, height, width);
        Layer max = Parts.layer("max_pool2d", "size", size, "stride", stride);
        Trial.checkGradients(Parts.layer("average_pool2d", "size", size, "stride", stride), input, batch, 1e-1f);

        // Greatest values change hands within any step of a difference; so by the definition: dy where y stands.
        Trial trial = Trial.training(max, input, batch).forward().backward();
        double[] expected = new double[batch * input.size()];
        int down = trial.output.extent(1);
        int across = trial.output.extent(2);
        for (int at = 0; at < batch * trial.output.size(); at++) {
            int corner = (at / across / down * height + at / across % down * stride) * width + at % across * stride;
            int where = corner;
            for (int k = 0; k < size * size; k++) {
                int place = corner + k / size * width + k % size;
                where = trial.x[place] > trial.x[where] ? place : where;
            }
            expected[where] += trial.dy[at];
        }
        for (int i = 0; i < expected.length; i++) {
            Trial.assertClose(trial.dx[i], expected[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 1"})
    void ofEqualValuesTheFirstGetsTheGradient(int size, int stride) {
        Trial trial =
                Trial.training(Parts.layer("max_pool2d", "size", size, "stride", stride), Shape.of(1, size, size), 1);
        Arrays.fill(trial.x, 0.25f);
        trial.forward().backward();
        float[] expected = new float[size * size];
        expected[0] = trial.dy[0];
        assertThat(Arrays.copyOf(trial.dx, size * size)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "2, 1", "2, 2", "2, 3", "3, 0", "3, 4", "3, 8"})
    void nanGoesThrough(int size, int place) {
        Trial trial = Trial.training(Parts.layer("max_pool2d", "size", size), Shape.of(1, size, size), 1);
        trial.x[place] = Float.NaN;
        trial.forward().backward();
        assertThat(trial.y[0]).isNaN();
        float sum = 0;
        for (int i = 0; i < size * size; i++) {
            sum += trial.dx[i];
        }
        assertThat(sum).isEqualTo(trial.dy[0]);
    }

    @Test
    void theStrideIsTheSizeUnlessGiven() {
        assertThat(Trial.training(Parts.layer("max_pool2d", "size", 3), Shape.of(1, 9, 7), 1).output)
                .isEqualTo(Shape.of(1, 3, 2));
        assertThat(Trial.training(Parts.layer("average_pool2d"), Shape.of(1, 9, 7), 1).output)
                .isEqualTo(Shape.of(1, 4, 3));
    }

    @Test
    void globalAverageIsTheMeanOfEachChannel() {
        Layer layer = Parts.layer("global_average_pool2d");
        Trial trial = Trial.training(layer, Shape.of(3, 4, 5), 2).forward();
        assertThat(trial.output).isEqualTo(Shape.of(3));
        for (int i = 0; i < 6; i++) {
            double sum = 0;
            for (int j = 0; j < 20; j++) {
                sum += trial.x[i * 20 + j];
            }
            Trial.assertClose(trial.y[i], sum / 20);
        }
        Trial.checkGradients(Parts.layer("global_average_pool2d"), Shape.of(3, 4, 5), 2, 1e-1f);
    }

    @Test
    void sameBitsAtAnyNumberOfWorkers() {
        for (String name : new String[] {"max_pool2d", "average_pool2d", "global_average_pool2d", "flatten"}) {
            Trial.checkDeterminism(() -> Parts.layer(name), Shape.of(40, 31, 30), 3);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Trial.training(Parts.layer("max_pool2d", "size", 4), Shape.of(2, 3, 8), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a window of 4×4 does not fit into images of 2×3×8; the size is at most 3");
        assertThatThrownBy(() -> Trial.training(Parts.layer("average_pool2d"), Shape.of(8), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pooling takes images (channels, height, width), not examples of shape 8");
        assertThatThrownBy(() -> Trial.training(Parts.layer("global_average_pool2d"), Shape.of(8), 1))
                .hasMessageStartingWith("global average pooling takes images");
    }

    @Test
    void flattenKeepsTheValuesAndIsNotLeftOut() {
        Layer layer = Parts.layer("flatten");
        Trial trial = Trial.training(layer, Shape.of(2, 3, 4), 2).forward().backward();
        assertThat(trial.output).isEqualTo(Shape.of(24));
        assertThat(Arrays.copyOf(trial.y, 48)).isEqualTo(Arrays.copyOf(trial.x, 48));
        assertThat(Arrays.copyOf(trial.dx, 48)).isEqualTo(Arrays.copyOf(trial.dy, 48));
        assertThat(layer.identity()).isFalse();
    }
}

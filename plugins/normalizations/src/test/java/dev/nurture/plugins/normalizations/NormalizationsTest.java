package dev.nurture.plugins.normalizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.GradientCheck;
import dev.nurture.contracts.MapSettings;
import dev.nurture.contracts.PlainCompute;
import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.Factory;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Plugin;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizationsTest {
    private static final String CASES = """
            name     | groups | shape   | batch
            batch    |        | 5       | 7
            batch    |        | 37      | 40
            batch    |        | 70      | 1000
            batch    |        | 3x5x7   | 4
            batch    |        | 4x3x3   | 1
            batch    |        | 6x60x50 | 3
            layer    |        | 5       | 7
            layer    |        | 200     | 1
            layer    |        | 300     | 120
            layer    |        | 3x5x7   | 4
            layer    |        | 4x60x50 | 3
            group    | 2      | 6       | 5
            group    | 20     | 300     | 120
            group    | 2      | 6x3x5   | 4
            group    | 8      | 16x4x4  | 60
            instance |        | 3x5x7   | 4
            instance |        | 4x60x50 | 3
            """;

    private static Shape shape(String text) {
        return Shape.of(
                Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
    }

    @SuppressWarnings("unchecked")
    private static Normalization make(String name, Map<String, ?> settings) {
        return MapSettings.create(
                (Factory<Normalization>) new NormalizationsPlugin()
                        .factories().stream()
                                .filter(f -> f.name().equals(name))
                                .findFirst()
                                .orElseThrow(),
                settings);
    }

    private static Normalization make(String name, Integer groups) {
        return make(name, groups == null ? Map.of() : Map.of("groups", groups));
    }

    private static float[] random(int size, long seed, double mean, double deviation) {
        KeyedRandom random = new KeyedRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return values;
    }

    /** The group that a value belongs to, among those that have a mean and a variance in common. */
    private static int group(String name, Integer groups, Shape shape, int index) {
        int example = index / shape.size();
        int channel = index / shape.plane() % shape.channels();
        return switch (name) {
            case "batch" -> channel;
            case "layer" -> example;
            case "instance" -> example * shape.channels() + channel;
            default -> example * groups + channel / (shape.channels() / groups);
        };
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES, useHeadersInDisplayName = true, delimiter = '|')
    void agreesWithItsDefinition(String name, Integer groups, String text, int batch) {
        Shape shape = shape(text);
        int size = shape.size();
        TestVariables variables = new TestVariables(batch + 2);
        Normalization layer = make(name, groups);
        assertThat(layer.build(shape, variables)).isEqualTo(shape);
        float[] scale = variables.trained().get("scale").value();
        float[] shift = variables.trained().get("shift").value();
        assertThat(scale).containsOnly(1);
        assertThat(shift).containsOnly(0);
        System.arraycopy(random(scale.length, 3, 0, 1), 0, scale, 0, scale.length);
        System.arraycopy(random(shift.length, 4, 0, 1), 0, shift, 0, shift.length);

        // Far from zero: squares summed without taking the mean off first would be lost.
        float[] x = random((batch + 2) * size, 1, 20, 0.5);
        float[] y = new float[x.length];
        Arrays.fill(y, Float.NaN);
        layer.forward(x, y, batch, TestPass.training(1));

        int count = batch * size;
        double[] sums = new double[count];
        double[] squares = new double[count];
        int[] members = new int[count];
        for (int i = 0; i < count; i++) {
            sums[group(name, groups, shape, i)] += x[i];
            members[group(name, groups, shape, i)]++;
        }
        for (int i = 0; i < count; i++) {
            int g = group(name, groups, shape, i);
            squares[g] += Math.pow(x[i] - sums[g] / members[g], 2);
        }
        for (int i = 0; i < count; i++) {
            int g = group(name, groups, shape, i);
            int channel = i / shape.plane() % shape.channels();
            double standard = (x[i] - sums[g] / members[g]) / Math.sqrt(squares[g] / members[g] + 1e-5);
            assertThat((double) y[i]).isCloseTo(standard * scale[channel] + shift[channel], within(2e-5));
        }
        assertThat(Arrays.copyOfRange(y, count, y.length)).containsOnly(Float.NaN);
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES, useHeadersInDisplayName = true, delimiter = '|')
    void gradients(String name, Integer groups, String text, int batch) {
        new GradientCheck(make(name, groups), shape(text), batch, 5)
                .relativeErrors(1e-2f)
                .forEach((tensor, error) -> assertThat(error).as(tensor).isLessThan(1e-3));
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES, useHeadersInDisplayName = true, delimiter = '|')
    void sameBitsAtAnyNumberOfWorkersAndWithoutInputGradient(String name, Integer groups, String text, int batch) {
        Shape shape = shape(text);
        int count = batch * shape.size();
        float[][] results = new float[4][];
        for (int workers = 1; workers <= 3; workers += 2) {
            TestVariables variables = new TestVariables(batch);
            Normalization layer = make(name, groups);
            layer.build(shape, variables);
            TestPass pass = new TestPass(true, 1, new PlainCompute(workers));
            float[] x = random(count, 1, 1, 1);
            float[] dy = random(count, 2, 0, 1);
            float[] y = new float[count];
            float[] dx = workers == 1 ? new float[count] : null;
            layer.forward(x, y, batch, pass);
            layer.backward(x, y, dy, dx, batch, pass);
            results[workers - 1] = y;
            float[] scale = variables.trained().get("scale").gradient();
            float[] shift = variables.trained().get("shift").gradient();
            results[workers] = Arrays.copyOf(scale, 2 * scale.length);
            System.arraycopy(shift, 0, results[workers], scale.length, scale.length);
        }
        assertThat(results[2]).isEqualTo(results[0]);
        assertThat(results[3]).isEqualTo(results[1]);
    }

    @ParameterizedTest
    @CsvSource({"3, 0.9", "3x4x5, 0.9", "3, 0.99"})
    void batchKeepsRunningAveragesAndUsesThemOutOfTraining(String text, double momentum) {
        Shape shape = shape(text);
        int batch = 6;
        int plane = shape.plane();
        int channels = shape.channels();
        Normalization layer = make("batch", Map.of("momentum", momentum));
        TestVariables variables = new TestVariables(batch);
        layer.build(shape, variables);
        float[] mean = variables.buffers().get("mean");
        float[] variance = variables.buffers().get("variance");
        double[] expectedMean = new double[channels];
        double[] expectedVariance = new double[channels];
        Arrays.fill(expectedVariance, 1);
        float[] y = new float[batch * shape.size()];
        for (int step = 0; step < 5; step++) {
            float[] x = random(y.length, 10 + step, 3, 2);
            layer.forward(x, y, batch, TestPass.training(step));
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < y.length; i++) {
                    sum += i / plane % channels == c ? x[i] : 0;
                }
                double m = sum / (batch * plane);
                for (int i = 0; i < y.length; i++) {
                    squares += i / plane % channels == c ? (x[i] - m) * (x[i] - m) : 0;
                }
                expectedMean[c] = momentum * expectedMean[c] + (1 - momentum) * m;
                expectedVariance[c] = momentum * expectedVariance[c] + (1 - momentum) * squares / (batch * plane);
                assertThat((double) mean[c]).isCloseTo(expectedMean[c], within(1e-5));
                assertThat((double) variance[c]).isCloseTo(expectedVariance[c], within(1e-5));
            }
        }
        variables.trained().get("scale").value()[1] = 2;
        variables.trained().get("shift").value()[1] = 0.5f;
        float[] meanBefore = mean.clone();
        float[] x = random(y.length, 77, 3, 2);
        layer.forward(x, y, batch, TestPass.evaluation());
        for (int i = 0; i < y.length; i++) {
            int c = i / plane % channels;
            double standard = (x[i] - expectedMean[c]) / Math.sqrt(expectedVariance[c] + 1e-5);
            assertThat((double) y[i]).isCloseTo(c == 1 ? 2 * standard + 0.5 : standard, within(1e-4));
        }
        assertThat(mean).isEqualTo(meanBefore);
    }

    @Test
    void batchOfOneVectorGivesTheShift() {
        Normalization layer = make("batch", Map.of());
        TestVariables variables = new TestVariables(4);
        layer.build(Shape.of(3), variables);
        variables.trained().get("shift").value()[1] = 7;
        float[] y = new float[3];
        float[] dx = {1, 1, 1};
        float[] x = {1, 2, 3};
        layer.forward(x, y, 1, TestPass.training(1));
        layer.backward(x, y, new float[] {5, 6, 7}, dx, 1, TestPass.training(1));
        assertThat(y).containsExactly(0, 7, 0);
        assertThat(dx).containsExactly(0, 0, 0);
        assertThat(variables.trained().get("shift").gradient()).containsExactly(5, 6, 7);
        assertThat(variables.trained().get("scale").gradient()).containsExactly(0, 0, 0);
    }

    @Test
    void withinAnExampleTrainingMakesNoDifference() {
        Normalization layer = make("layer", Map.of());
        layer.build(Shape.of(3, 4, 4), new TestVariables(2));
        float[] x = random(96, 1, 1, 2);
        float[] training = new float[96];
        float[] evaluation = new float[96];
        layer.forward(x, training, 2, TestPass.training(1));
        layer.forward(x, evaluation, 2, TestPass.evaluation());
        assertThat(evaluation).isEqualTo(training);
    }

    @Test
    void noneIsAnIdentityAndTheOthersAreNot() {
        Normalization none = make("none", Map.of());
        none.build(Shape.of(3), new TestVariables(2));
        float[] x = {1, 2, 3, 4, 5, 6};
        float[] y = new float[6];
        float[] dx = new float[6];
        none.forward(x, y, 2, TestPass.training(1));
        none.backward(x, y, x, dx, 2, TestPass.training(1));
        none.backward(x, y, x, null, 2, TestPass.training(1));
        assertThat(y).isEqualTo(x);
        assertThat(dx).isEqualTo(x);
        assertThat(none.identity()).isTrue();
        assertThat(make("batch", Map.of()).identity()).isFalse();
        assertThat(make("layer", Map.of()).identity()).isFalse();
    }

    @Test
    void refusesGroupsThatDoNotDivideTheChannels() {
        assertThatThrownBy(() -> make("group", Map.of()).build(Shape.of(12, 4, 4), new TestVariables(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("12 channels cannot be divided evenly into 8 groups; groups can be 1, 2, 3, 4, 6, 12");
        assertThatThrownBy(() -> make("instance", Map.of()).build(Shape.of(12), new TestVariables(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a group of one value cannot be normalized");
    }

    @Test
    void isFoundAndOffersItsNormalizations() {
        Plugin plugin = ServiceLoader.load(Plugin.class).findFirst().orElseThrow();
        assertThat(plugin.factories())
                .extracting(Factory::name)
                .containsExactly("none", "batch", "layer", "group", "instance");
        assertThat(plugin.factories())
                .allSatisfy(factory -> assertThat(factory.type()).isEqualTo(Normalization.class));
    }
}

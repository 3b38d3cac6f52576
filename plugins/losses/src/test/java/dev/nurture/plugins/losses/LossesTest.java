package dev.nurture.plugins.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.LossReference;
import dev.nurture.contracts.MapSettings;
import dev.nurture.contracts.Sample;
import dev.nurture.spi.Factory;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Plugin;
import dev.nurture.spi.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the built-in losses do beyond the contract, and their exact figures. */
class LossesTest {
    private static final int BATCH = 7;
    private static final int WIDTH = 5;
    private static final int[] LABELS = {0, 4, 2, 2, 1, 3, 0};

    private record Case(String name, Map<String, Object> settings, boolean values) {
        Loss create() {
            return loss(name, settings);
        }

        Targets targets() {
            return values ? Targets.values(targetValues()) : Targets.classes(LABELS);
        }

        double reference(double[] output) {
            LossReference definition = Definitions.of(new Sample<>(factory(name), "", settings));
            double sum = 0;
            for (int row = 0; row < BATCH; row++) {
                double[] target = new double[WIDTH];
                for (int j = 0; j < WIDTH; j++) {
                    target[j] = values ? targetValues()[row * WIDTH + j] : LABELS[row] == j ? 1 : 0;
                }
                sum += definition.of(Arrays.copyOfRange(output, row * WIDTH, (row + 1) * WIDTH), target);
            }
            return sum / BATCH;
        }

        @Override
        public String toString() {
            return name + settings + (values ? " of values" : " of classes");
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("softmax_cross_entropy", Map.of(), false),
                new Case("softmax_cross_entropy", Map.of("label_smoothing", .1), false),
                new Case("hinge", Map.of(), false),
                new Case("hinge", Map.of("margin", 2.5), false),
                new Case("mean_squared_error", Map.of(), false),
                new Case("mean_squared_error", Map.of(), true),
                new Case("huber", Map.of(), false),
                new Case("huber", Map.of("delta", .7), true));
    }

    private static Loss loss(String name, Map<String, ?> settings) {
        return MapSettings.create(factory(name), settings);
    }

    @SuppressWarnings("unchecked")
    private static Factory<Loss> factory(String name) {
        return (Factory<Loss>) new LossesPlugin()
                .factories().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static float[] outputs() {
        KeyedRandom random = new KeyedRandom(23);
        float[] output = new float[BATCH * WIDTH];
        for (int i = 0; i < output.length; i++) {
            output[i] = (float) (2 * random.nextGaussian());
        }
        return output;
    }

    private static float[] targetValues() {
        KeyedRandom random = new KeyedRandom(29);
        float[] values = new float[BATCH * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double[] asDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossIsThatOfTheDefinition(Case test) {
        float[] output = outputs();
        double expected = test.reference(asDoubles(output));
        assertThat(test.create().evaluate(output, test.targets(), null, BATCH, WIDTH))
                .isCloseTo(expected, within(1e-12 * Math.max(1, expected)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientIsThatOfTheDefinition(Case test) {
        float[] output = outputs();
        float[] gradient = new float[output.length + 3];
        Arrays.fill(gradient, 99);
        double withGradient = test.create().evaluate(output, test.targets(), gradient, BATCH, WIDTH);
        assertThat(withGradient).isEqualTo(test.create().evaluate(output, test.targets(), null, BATCH, WIDTH));
        assertThat(output).isEqualTo(outputs());
        for (int i = 0; i < output.length; i++) {
            double[] shifted = asDoubles(output);
            double h = 1e-5;
            shifted[i] += h;
            double above = test.reference(shifted);
            shifted[i] -= 2 * h;
            double numeric = (above - test.reference(shifted)) / (2 * h);
            assertThat((double) gradient[i]).as("gradient %d", i).isCloseTo(numeric, within(1e-6));
        }
        assertThat(Arrays.copyOfRange(gradient, output.length, gradient.length)).containsOnly(99);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyOutputThatIsNotFiniteShowsInTheLoss(Case test) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (int at = 0; at < WIDTH; at++) {
                float[] output = outputs();
                output[2 * WIDTH + at] = bad;
                double value = test.create().evaluate(output, test.targets(), null, BATCH, WIDTH);
                assertThat(Double.isFinite(value))
                        .as("%s at output %d", bad, at)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void labelThatIsNoClassIsRefused(Case test) {
        for (int label : new int[] {-1, WIDTH}) {
            int[] labels = LABELS.clone();
            labels[3] = label;
            assertThatThrownBy(() -> test.create().evaluate(outputs(), Targets.classes(labels), null, BATCH, WIDTH))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("row 3 of the batch: label " + label + " is not a class in [0, 5)");
        }
    }

    @Test
    void classificationLossesRefuseValues() {
        for (String name : List.of("softmax_cross_entropy", "hinge")) {
            Loss loss = loss(name, Map.of());
            assertThat(loss.regression()).isFalse();
            assertThatThrownBy(() -> loss.evaluate(outputs(), Targets.values(targetValues()), null, BATCH, WIDTH))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the loss '" + name + "' needs classes as targets, not values; for values there are"
                            + " mean_squared_error and huber");
        }
        assertThat(loss("mean_squared_error", Map.of()).regression()).isTrue();
        assertThat(loss("huber", Map.of()).regression()).isTrue();
    }

    /** Ten classes, outputs near zero: the lecture's 2.3 and the course's 9. */
    @Test
    void lossBeforeTrainingIsThatOfTheory() {
        int batch = 500;
        int classes = 10;
        KeyedRandom random = new KeyedRandom(31);
        float[] output = new float[batch * classes];
        int[] labels = new int[batch];
        for (int i = 0; i < output.length; i++) {
            output[i] = (float) (1e-3 * random.nextGaussian());
        }
        for (int i = 0; i < batch; i++) {
            labels[i] = i % classes;
        }
        Targets targets = Targets.classes(labels);
        for (Map<String, ?> settings : List.of(Map.<String, Double>of(), Map.of("label_smoothing", .2))) {
            Loss softmax = loss("softmax_cross_entropy", settings);
            assertThat(softmax.initial(classes)).isCloseTo(2.302585092994046, within(1e-15));
            assertThat(softmax.evaluate(output, targets, null, batch, classes))
                    .isCloseTo(softmax.initial(classes), within(1e-3));
        }
        Loss hinge = loss("hinge", Map.of());
        assertThat(hinge.initial(classes)).isEqualTo(9);
        assertThat(hinge.evaluate(output, targets, null, batch, classes)).isCloseTo(9, within(1e-2));
        assertThat(loss("hinge", Map.of("margin", 2.0)).initial(classes)).isEqualTo(18);
        assertThat(loss("mean_squared_error", Map.of()).initial(classes)).isNaN();
        assertThat(loss("huber", Map.of()).initial(classes)).isNaN();
    }

    @Test
    void softmaxPredictsProbabilities() {
        float[] output = {1, 2, 3, 1e4f, 1e4f, -1e4f, 99};
        loss("softmax_cross_entropy", Map.of()).predict(output, 2, 3);
        double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
        for (int i = 0; i < 3; i++) {
            assertThat((double) output[i]).isCloseTo(Math.exp(i + 1) / sum, within(1e-7));
        }
        assertThat(Arrays.copyOfRange(output, 3, 7)).containsExactly(.5f, .5f, 0, 99);
    }

    @Test
    void othersPredictTheOutputsThemselves() {
        for (String name : List.of("hinge", "mean_squared_error", "huber")) {
            float[] output = {1, -2, 3};
            loss(name, Map.of()).predict(output, 1, 3);
            assertThat(output).containsExactly(1, -2, 3);
        }
    }

    @Test
    void offersEveryBuiltInNameAsAService() {
        List<Factory<?>> factories = ServiceLoader.load(Plugin.class).stream()
                .filter(provider -> provider.type() == LossesPlugin.class)
                .findFirst()
                .orElseThrow()
                .get()
                .factories();
        assertThat(factories).allMatch(factory -> factory.type() == Loss.class);
        assertThat(factories)
                .extracting(Factory::name)
                .containsExactly("softmax_cross_entropy", "hinge", "mean_squared_error", "huber");
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.model.Parameter;
import dev.nurture.plugin.Kind;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gradient of whole networks, as the engine builds and trains them, against centred differences of their loss: a
 * random direction for each parameter, forward in float by OpenBLAS, the difference in double.
 */
class NetworkGradientIT {
    private static final double TOLERANCE = 1e-3;
    private static final int DIRECTIONS = 3;
    private static final int ROWS = 10;
    private static final int CLASSES = 5;
    private static final Shape VECTOR = Shape.of(7);
    private static final Shape IMAGE = Shape.of(2, 6, 6);

    /** Where the loss has a kink too near for any step, another point has not; a wrong gradient is wrong everywhere. */
    private static final int POINTS = 4;

    /** Lengths of a step. Where a kink lies within one, a shorter one may stop before it. */
    private static final double[] STEPS = {2e-2, 1e-2, 5e-3, 2e-3, 1e-3, 5e-4};

    @TempDir
    Path folder;

    static List<String> activations() {
        return EngineNetwork.CATALOG.names(Kind.ACTIVATION);
    }

    static List<String> normalizations() {
        return EngineNetwork.CATALOG.names(Kind.NORMALIZATION);
    }

    @Test
    void theNativeBlasIsInUse() {
        assertThat(EngineNetwork.BLAS.optimized())
                .as(EngineNetwork.BLAS.description())
                .isTrue();
        assertThat(EngineNetwork.CATALOG.problems()).isEmpty();
        assertThat(activations()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(normalizations()).contains("batch", "layer", "group", "instance", "none");
    }

    @ParameterizedTest
    @MethodSource("activations")
    void denseLayersWithBatchNormalization(String activation) throws IOException {
        checks(classes(VECTOR), """
                model:
                  - {type: dense, units: 12, initializer: he, normalization: batch, activation: %1$s}
                  - {type: dropout, rate: 0.2}
                  - {type: dense, units: 8, initializer: he, normalization: batch, activation: %1$s}
                  - {type: dense, units: 5, initializer: xavier}
                """.formatted(activation));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void convolutionsPoolsAndAResidual(String activation) throws IOException {
        checks(classes(IMAGE), """
                model:
                  - {type: conv2d, filters: 4, kernel: 3, initializer: he, normalization: batch, activation: %1$s}
                  - type: residual
                    layers:
                      - {type: conv2d, filters: 4, kernel: 3, initializer: he, activation: %1$s}
                      - {type: conv2d, filters: 4, kernel: 1, initializer: he}
                  - {type: max_pool2d, size: 2}
                  - {type: conv2d, filters: 6, kernel: 3, stride: 2, padding: 1, initializer: he}
                  - {type: average_pool2d, size: 2, stride: 1}
                  - {type: dense, units: 5, initializer: xavier}
                """.formatted(activation));
    }

    @ParameterizedTest
    @MethodSource("normalizations")
    void normalizationsOfImages(String normalization) throws IOException {
        String written = normalization.equals("group") ? "{type: group, groups: 2}" : normalization;
        checks(classes(IMAGE), """
                model:
                  - {type: conv2d, filters: 4, kernel: 3, padding: valid, initializer: he, normalization: %1$s, activation: gelu}
                  - type: residual
                    projection: true
                    layers:
                      - {type: conv2d, filters: 6, kernel: 3, initializer: he, normalization: %1$s, activation: tanh}
                  - global_average_pool2d
                  - {type: dense, units: 5, initializer: xavier}
                """.formatted(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "softmax_cross_entropy",
                "{type: softmax_cross_entropy, label_smoothing: 0.2}",
                "hinge",
                "{type: hinge, margin: 0.5}",
                "mean_squared_error",
                "huber"
            })
    void lossesOfClasses(String loss) throws IOException {
        checks(classes(VECTOR), perceptron(loss));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean_squared_error", "{type: huber, delta: 0.7}"})
    void lossesOfValues(String loss) throws IOException {
        checks(RandomRows.values(ROWS, VECTOR, CLASSES), perceptron(loss));
    }

    private static String perceptron(String loss) {
        return """
                model:
                  - {type: dense, units: 16, initializer: he, normalization: layer, activation: silu}
                  - {type: dense, units: 5, initializer: xavier}
                loss: %s
                """.formatted(loss);
    }

    @Test
    void penaltiesOnWeights() throws IOException {
        checks(classes(VECTOR), perceptron("softmax_cross_entropy") + "regularization: {l1: 0.02, l2: 0.3}\n");
    }

    /** So that the checks above are known to be able to fail. */
    @Test
    void anErrorOfOnePercentIsFound() throws IOException {
        try (EngineNetwork network = network(classes(VECTOR), perceptron("softmax_cross_entropy"))) {
            for (Parameter parameter : network.parameters()) {
                float[] gradient = gradient(network, parameter);
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] *= 1.01f;
                }
                assertThat(relativeError(network, parameter, gradient, new KeyedRandom(5)))
                        .as(parameter.name())
                        .isBetween(0.009, 0.011);
            }
        }
    }

    private static Dataset classes(Shape shape) {
        return RandomRows.classes(ROWS, shape, CLASSES, 0, 1);
    }

    private void checks(Dataset rows, String definition) throws IOException {
        try (EngineNetwork network = network(rows, definition)) {
            Map<String, Double> errors = new LinkedHashMap<>();
            KeyedRandom random = new KeyedRandom(3);
            for (Parameter parameter : network.parameters()) {
                double error = worst(network, parameter, random);
                for (int point = 1; point < POINTS && error > TOLERANCE; point++) {
                    move(network, any -> true, random);
                    error = worst(network, parameter, random);
                }
                errors.put(parameter.name(), error);
            }
            assertThat(errors)
                    .isNotEmpty()
                    .allSatisfy((name, error) -> assertThat(error)
                            .as("relative error of the gradient of %s", name)
                            .isLessThanOrEqualTo(TOLERANCE));
        }
    }

    private static double worst(EngineNetwork network, Parameter parameter, KeyedRandom random) {
        float[] gradient = gradient(network, parameter);
        double worst = 0;
        for (int i = 0; i < DIRECTIONS; i++) {
            worst = Math.max(worst, relativeError(network, parameter, gradient, random));
        }
        return worst;
    }

    /** Builds a network whose vectors do not have their first values, at which some gradients would be zero or alike. */
    private EngineNetwork network(Dataset rows, String definition) throws IOException {
        Path file = folder.resolve("network.yaml");
        Files.writeString(file, "data: digits\n" + definition);
        EngineNetwork network = new EngineNetwork(EngineNetwork.definition(file), rows);
        move(network, parameter -> !parameter.regularized(), new KeyedRandom(23));
        return network;
    }

    private static void move(EngineNetwork network, Predicate<Parameter> which, KeyedRandom random) {
        for (Parameter parameter : network.parameters()) {
            float[] value = parameter.variable().value();
            for (int i = 0; i < value.length && which.test(parameter); i++) {
                value[i] += (float) (0.2 * random.nextGaussian());
            }
        }
    }

    private static float[] gradient(EngineNetwork network, Parameter parameter) {
        assertThat(network.lossAndGradients()).isFinite();
        return parameter.variable().gradient().clone();
    }

    /**
     * Returns the least of the errors at the several lengths of a step. The direction is the gradient, each value
     * weighed at random, for a difference that stands out from the rounding, and noise as long, for values whose
     * gradient is wrongly zero.
     */
    private static double relativeError(
            EngineNetwork network, Parameter parameter, float[] gradient, KeyedRandom random) {
        double norm = 0;
        for (float value : gradient) {
            norm += (double) value * value;
        }
        norm = Math.sqrt(norm);
        assertThat(norm).as("norm of the gradient of %s", parameter.name()).isPositive();
        double[] direction = new double[gradient.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] =
                    2 * random.nextDouble() * gradient[i] / norm + random.nextGaussian() / Math.sqrt(direction.length);
        }
        double least = Double.POSITIVE_INFINITY;
        for (double step : STEPS) {
            least = Math.min(least, relativeError(network, parameter.variable().value(), gradient, direction, step));
        }
        return least;
    }

    private static double relativeError(
            EngineNetwork network, float[] value, float[] gradient, double[] direction, double step) {
        float[] before = value.clone();
        float[] above = new float[value.length];
        float[] below = new float[value.length];
        double analytic = 0;
        for (int i = 0; i < value.length; i++) {
            above[i] = (float) (before[i] + step * direction[i]);
            below[i] = (float) (before[i] - step * direction[i]);
            // The step as it came out in float, not as it was meant.
            analytic += gradient[i] * ((double) above[i] - below[i]);
        }
        System.arraycopy(above, 0, value, 0, value.length);
        double numeric = network.loss();
        System.arraycopy(below, 0, value, 0, value.length);
        numeric -= network.loss();
        System.arraycopy(before, 0, value, 0, value.length);
        return Math.abs(numeric - analytic) / Math.max(Math.abs(numeric), Math.abs(analytic));
    }
}

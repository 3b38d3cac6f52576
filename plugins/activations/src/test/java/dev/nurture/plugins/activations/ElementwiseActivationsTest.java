package dev.nurture.plugins.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Activation;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every elementwise activation must do, against its formula in double precision. */
class ElementwiseActivationsTest {
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_FLOOR = SELU_SCALE * 1.6732632423543772;

    /**
     * @param f the formula
     * @param atMinusInfinity its limit
     * @param slopeAtMinusInfinity the derivative's limit
     */
    private record Case(
            String name,
            Map<String, ?> settings,
            DoubleUnaryOperator f,
            DoubleUnaryOperator derivative,
            double atMinusInfinity,
            double atPlusInfinity,
            double slopeAtMinusInfinity,
            double slopeAtPlusInfinity) {
        Activation create() {
            return NamedActivation.elementwise(name, settings);
        }

        @Override
        public String toString() {
            return name + settings;
        }
    }

    static Stream<Case> cases() {
        double infinity = Double.POSITIVE_INFINITY;
        DoubleUnaryOperator sigmoid = x -> 1 / (1 + Math.exp(-x));
        return Stream.of(
                new Case("sigmoid", Map.of(), sigmoid, x -> 1 / ((1 + Math.exp(-x)) * (1 + Math.exp(x))), 0, 1, 0, 0),
                new Case("tanh", Map.of(), Math::tanh, x -> 1 / Math.pow(Math.cosh(x), 2), -1, 1, 0, 0),
                new Case("relu", Map.of(), x -> x > 0 ? x : 0, x -> x > 0 ? 1 : 0, 0, infinity, 0, 1),
                new Case(
                        "leaky_relu",
                        Map.of(),
                        x -> x > 0 ? x : .01 * x,
                        x -> x > 0 ? 1 : .01,
                        -infinity,
                        infinity,
                        .01,
                        1),
                new Case(
                        "leaky_relu",
                        Map.of("slope", .3),
                        x -> x > 0 ? x : .3 * x,
                        x -> x > 0 ? 1 : .3,
                        -infinity,
                        infinity,
                        .3,
                        1),
                new Case("leaky_relu", Map.of("slope", 0.0), x -> x > 0 ? x : 0, x -> x > 0 ? 1 : 0, 0, infinity, 0, 1),
                elu("elu", Map.of(), 1, 1),
                elu("elu", Map.of("alpha", .4), 1, .4),
                elu("elu", Map.of("alpha", 3.0), 1, 3),
                elu("selu", Map.of(), SELU_SCALE, SELU_FLOOR),
                new Case(
                        "gelu",
                        Map.of(),
                        x -> x * normalDistribution(x),
                        x -> normalDistribution(x) + x * normalDensity(x),
                        0,
                        infinity,
                        0,
                        1),
                new Case(
                        "silu",
                        Map.of(),
                        x -> x * sigmoid.applyAsDouble(x),
                        x -> sigmoid.applyAsDouble(x) * (1 + x * sigmoid.applyAsDouble(-x)),
                        0,
                        infinity,
                        0,
                        1),
                new Case(
                        "softplus",
                        Map.of(),
                        x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
                        sigmoid,
                        0,
                        infinity,
                        0,
                        1),
                new Case("identity", Map.of(), x -> x, x -> 1, -infinity, infinity, 1, 1));
    }

    private static Case elu(String name, Map<String, ?> settings, double scale, double floor) {
        return new Case(
                name,
                settings,
                x -> x > 0 ? scale * x : floor * Math.expm1(x),
                x -> x > 0 ? scale : floor * Math.exp(x),
                -floor,
                Double.POSITIVE_INFINITY,
                0,
                scale);
    }

    private static double normalDensity(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** Simpson's rule over the density, from 0. */
    private static double normalDistribution(double x) {
        if (x < -9) {
            return 0;
        }
        double end = Math.min(9, x);
        int steps = 400;
        double h = end / steps;
        double sum = normalDensity(0) + normalDensity(end);
        for (int i = 1; i < steps; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * normalDensity(i * h);
        }
        return .5 + sum * h / 3;
    }

    /** From −25 to 25, 0 left out. */
    private static float[] grid() {
        float[] x = new float[5_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 2_499.5f) * .01f;
        }
        return x;
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void followsTheFormulaToOneMillionth(Case test) {
        float[] x = grid();
        float[] y = new float[x.length];
        test.create().forward(x, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double expected = test.f.applyAsDouble(x[i]);
            assertThat((double) y[i])
                    .as("f(%s)", x[i])
                    .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivativeFollowsTheFormulaToOneMillionth(Case test) {
        float[] x = grid();
        float[] y = new float[x.length];
        float[] dx = new float[x.length];
        Activation activation = test.create();
        activation.forward(x, y, 0, x.length);
        activation.backward(x, y, filled(x.length, 1), dx, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double expected = test.derivative.applyAsDouble(x[i]);
            assertThat((double) dx[i])
                    .as("f'(%s)", x[i])
                    .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivativeIsThatOfTheFormula(Case test) {
        for (float x : grid()) {
            double h = 1e-5;
            double difference = (test.f.applyAsDouble(x + h) - test.f.applyAsDouble(x - h)) / (2 * h);
            double expected = test.derivative.applyAsDouble(x);
            assertThat(difference).as("f'(%s)", x).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSaneFarOutAndNextToZero(Case test) {
        float tiny = Float.MIN_VALUE;
        float[] x = {-1e30f, -1e4f, -89, -88, -1e-30f, -tiny, -0f, 0f, tiny, 1e-30f, 88, 89, 1e4f, 1e30f};
        float[] y = new float[x.length];
        float[] dx = new float[x.length];
        Activation activation = test.create();
        activation.forward(x, y, 0, x.length);
        activation.backward(x, y, filled(x.length, 1), dx, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            // Relative where the value is small, so that 1e-30 must not become 0.
            double expected = test.f.applyAsDouble(x[i]);
            double most = 1e-6 * Math.abs(expected) + 2e-36;
            assertThat((double) y[i]).as("f(%s)", x[i]).isCloseTo(expected, within(most));
            double slope = test.derivative.applyAsDouble(x[i]);
            if (!Double.isNaN(slope)) {
                assertThat((double) dx[i]).as("f'(%s)", x[i]).isCloseTo(slope, within(1e-6 * Math.max(1, slope)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void infinitiesGiveTheLimitsAndNanGivesNan(Case test) {
        float[] x = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN, -Float.NaN};
        float[] y = new float[4];
        float[] dx = new float[4];
        Activation activation = test.create();
        activation.forward(x, y, 0, 4);
        activation.backward(x, y, filled(4, 1), dx, 0, 4);
        assertThat(y[0] + 0f).isEqualTo((float) test.atMinusInfinity);
        assertThat(y[1]).isEqualTo((float) test.atPlusInfinity);
        assertThat(y[2]).isNaN();
        assertThat(y[3]).isNaN();
        assertThat(dx[0] + 0f).isEqualTo((float) test.slopeAtMinusInfinity);
        assertThat(dx[1]).isEqualTo((float) test.slopeAtPlusInfinity);
        if (!activation.identity()) {
            assertThat(dx[2]).isNaN();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nanGradientPasses(Case test) {
        float[] x = {-2, 2};
        float[] y = new float[2];
        float[] dx = new float[2];
        Activation activation = test.create();
        activation.forward(x, y, 0, 2);
        activation.backward(x, y, filled(2, Float.NaN), dx, 0, 2);
        assertThat(dx[0]).isNaN();
        assertThat(dx[1]).isNaN();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rangesInPiecesAndInPlaceGiveTheSameBits(Case test) {
        float[] x = grid();
        int size = x.length;
        float[] dy = new float[size];
        for (int i = 0; i < size; i++) {
            dy[i] = (float) Math.sin(i);
        }
        Activation activation = test.create();
        float[] y = new float[size];
        float[] dx = new float[size];
        activation.forward(x, y, 0, size);
        activation.backward(x, y, dy, dx, 0, size);

        float[] piecewiseY = new float[size];
        float[] piecewiseDx = new float[size];
        int[] cuts = {0, 1, 4, 11, 500, 1_777, size};
        for (int i = 0; i + 1 < cuts.length; i++) {
            activation.forward(x, piecewiseY, cuts[i], cuts[i + 1]);
            activation.backward(x, piecewiseY, dy, piecewiseDx, cuts[i], cuts[i + 1]);
        }
        assertThat(piecewiseY).isEqualTo(y);
        assertThat(piecewiseDx).isEqualTo(dx);

        float[] inPlace = x.clone();
        activation.forward(inPlace, inPlace, 0, size);
        assertThat(inPlace).isEqualTo(y);
        float[] gradientInPlace = dy.clone();
        activation.backward(x, y, gradientInPlace, gradientInPlace, 0, size);
        assertThat(gradientInPlace).isEqualTo(dx);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void touchesNothingOutsideItsRange(Case test) {
        float[] x = grid();
        float[] xBefore = x.clone();
        float[] y = filled(x.length, 7);
        float[] dy = filled(x.length, 1);
        float[] dx = filled(x.length, 7);
        Activation activation = test.create();
        activation.forward(x, y, 100, 203);
        float[] yBefore = y.clone();
        activation.backward(x, y, dy, dx, 100, 203);
        for (int i = 0; i < x.length; i++) {
            if (i < 100 || i >= 203) {
                assertThat(y[i]).isEqualTo(7);
                assertThat(dx[i]).isEqualTo(7);
            }
        }
        assertThat(x).isEqualTo(xBefore);
        assertThat(y).isEqualTo(yBefore);
        assertThat(dy).containsOnly(1);
    }
}

package dev.nurture.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.config.CurveShape;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Curves as the lecture draws them, by formulas. */
class CurvesTest {
    private static final double INITIAL = 2.3;

    private static double[] curve(int epochs, IntToDoubleFunction at) {
        return IntStream.rangeClosed(1, epochs).mapToDouble(at::applyAsDouble).toArray();
    }

    private static Optional<CurveShape> shape(double[] loss) {
        double[] none = new double[loss.length];
        Arrays.fill(none, Double.NaN);
        return Curves.shape(INITIAL, false, loss, none, none, none);
    }

    private static Optional<CurveShape> shape(double[] loss, double accuracy, double validationAccuracy) {
        double[] train = curve(loss.length, i -> accuracy);
        double[] validation = curve(loss.length, i -> validationAccuracy);
        return Curves.shape(INITIAL, false, loss, train, loss, validation);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 20, 60})
    void fourLearningRates(int n) {
        assertThat(shape(curve(n, i -> INITIAL * Math.exp(-6.0 * i / n)))).contains(CurveShape.GOOD);
        assertThat(shape(curve(n, i -> INITIAL * (1 - 0.3 * i / n)))).contains(CurveShape.LOW_LEARNING_RATE);
        assertThat(shape(curve(n, i -> 1.2 + 0.1 * Math.sin(2.1 * i)))).contains(CurveShape.HIGH_LEARNING_RATE);
        assertThat(shape(curve(n, i -> INITIAL * (1 + 0.5 * i)))).contains(CurveShape.VERY_HIGH_LEARNING_RATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 60})
    void aFlatStartIsOfBadInitialization(int n) {
        assertThat(shape(curve(n, i -> INITIAL / (1 + Math.exp(20.0 * i / n - 10)))))
                .contains(CurveShape.BAD_INITIALIZATION);
    }

    @Test
    void aLossThatRisesAndComesBackWasOfTooHighARate() {
        assertThat(shape(curve(20, i -> i < 5 ? 10.0 * i : INITIAL * Math.exp(-i))))
                .contains(CurveShape.HIGH_LEARNING_RATE);
    }

    @Test
    void theGapTellsOverfittingFromUnderfitting() {
        double[] falls = curve(30, i -> INITIAL * Math.exp(-i / 5.0));
        assertThat(shape(falls, 1, 0.8)).contains(CurveShape.OVERFITTING);
        assertThat(shape(falls, 1, 0.99)).contains(CurveShape.GOOD);
        double[] settles = curve(30, i -> 1.3 + Math.exp(-i / 3.0));
        assertThat(shape(settles, 0.5, 0.49)).contains(CurveShape.UNDERFITTING);
    }

    @Test
    void aValidationLossThatTurnsIsOverfitting() {
        double[] falls = curve(30, i -> INITIAL * Math.exp(-i / 5.0));
        double[] turns = curve(30, i -> 0.5 + Math.pow(i - 10.0, 2) / 200);
        double[] none = curve(30, i -> Double.NaN);
        assertThat(Curves.shape(INITIAL, false, falls, none, turns, none)).contains(CurveShape.OVERFITTING);
    }

    @Test
    void whatIsNotFiniteHasExploded() {
        assertThat(Curves.shape(INITIAL, true, new double[0], new double[0], new double[0], new double[0]))
                .contains(CurveShape.VERY_HIGH_LEARNING_RATE);
    }

    @Test
    void aFewPointsHaveNoShape() {
        assertThat(shape(curve(4, i -> INITIAL / i))).isEmpty();
        assertThat(shape(new double[0])).isEmpty();
    }
}

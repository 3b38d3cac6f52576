package dev.nurture.plugins.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Those that draw each value by itself, against the moments in theory; all, against what an initializer must do. */
class InitializersTest {
    private static final Fan FAN = new Fan(60, 25);
    private static final Shape SHAPE = Shape.of(60, 25);
    private static final int SEEDS = 400;
    private static final int VALUES = SEEDS * 60 * 25;

    /** Standard errors that a fixed set of seeds may be off; chance would exceed it once in 1.7 million. */
    private static final double ERRORS = 5;

    /** @param kurtosis 3 of a normal distribution, 1.8 of a uniform one */
    private record Case(
            String name, Map<String, ?> settings, double mean, double variance, double kurtosis, double limit) {
        static Case normal(String name, Map<String, ?> settings, double variance) {
            return new Case(name, settings, 0, variance, 3, Double.POSITIVE_INFINITY);
        }

        static Case uniform(String name, Map<String, ?> settings, double low, double high) {
            double width = high - low;
            return new Case(name, settings, (low + high) / 2, width * width / 12, 1.8, width / 2);
        }

        Initializer create() {
            return NamedInitializer.create(name, settings);
        }

        @Override
        public String toString() {
            return name + settings;
        }
    }

    static Stream<Case> random() {
        double glorot = Math.sqrt(6.0 / 85);
        double he = Math.sqrt(6.0 / 60);
        return Stream.of(
                Case.normal("normal", Map.of(), 1e-4),
                Case.normal("normal", Map.of("std", 2.5), 6.25),
                Case.normal("xavier", Map.of(), 1.0 / 60),
                Case.normal("he", Map.of(), 2.0 / 60),
                Case.normal("lecun", Map.of(), 1.0 / 60),
                Case.uniform("uniform", Map.of(), -.05, .05),
                Case.uniform("uniform", Map.of("low", 1.0, "high", 3.0), 1, 3),
                Case.uniform("xavier_uniform", Map.of(), -glorot, glorot),
                Case.uniform("he_uniform", Map.of(), -he, he));
    }

    static Stream<Case> all() {
        return Stream.concat(
                random(),
                Stream.of(
                        new Case("zero", Map.of(), 0, 0, 0, 0),
                        new Case("constant", Map.of("value", -1.5), -1.5, 0, 0, 0),
                        new Case("orthogonal", Map.of(), 0, 1.0 / 60, 0, 1)));
    }

    @ParameterizedTest
    @MethodSource("random")
    void momentsAndBoundsAreThoseOfTheory(Case test) {
        Initializer initializer = test.create();
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        double eighths = 0;
        double furthest = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            for (float value : NamedInitializer.filled(initializer, SHAPE, FAN, KeyedRandom.key(1, seed))) {
                double off = value - test.mean;
                sum += off;
                double square = off * off;
                squares += square;
                fourths += square * square;
                eighths += square * square * square * square;
                furthest = Math.max(furthest, Math.abs(off));
            }
        }
        assertThat(sum / VALUES).isCloseTo(0, within(ERRORS * Math.sqrt(test.variance / VALUES)));
        // The variance of a mean of squares is (kurtosis - 1) · variance² / n.
        assertThat(squares / VALUES)
                .isCloseTo(test.variance, within(ERRORS * test.variance * Math.sqrt((test.kurtosis - 1) / VALUES)));
        double kurtosis = fourths / VALUES / Math.pow(test.variance, 2);
        double spread = Math.sqrt(eighths / VALUES / Math.pow(test.variance, 4) - kurtosis * kurtosis);
        assertThat(kurtosis).isCloseTo(test.kurtosis, within(ERRORS * spread / Math.sqrt(VALUES)));
        assertThat(furthest).isLessThanOrEqualTo(test.limit * (1 + 1e-6));
        if (test.limit < Double.POSITIVE_INFINITY) {
            assertThat(furthest).isGreaterThan(test.limit * .9999);
        }
    }

    @ParameterizedTest
    @MethodSource("random")
    void neighboursAndSeedsAreUncorrelated(Case test) {
        Initializer initializer = test.create();
        double neighbours = 0;
        double seeds = 0;
        float[] previous = NamedInitializer.filled(initializer, SHAPE, FAN, KeyedRandom.key(3, -1));
        for (int seed = 0; seed < SEEDS; seed++) {
            float[] w = NamedInitializer.filled(initializer, SHAPE, FAN, KeyedRandom.key(3, seed));
            for (int i = 0; i < w.length; i++) {
                double off = w[i] - test.mean;
                neighbours += off * (w[(i + 1) % w.length] - test.mean);
                seeds += off * (previous[i] - test.mean);
            }
            previous = w;
        }
        double bound = ERRORS / Math.sqrt(VALUES);
        assertThat(neighbours / VALUES / test.variance).isCloseTo(0, within(bound));
        assertThat(seeds / VALUES / test.variance).isCloseTo(0, within(bound));
    }

    @ParameterizedTest
    @MethodSource("all")
    void sameStreamGivesTheSameBitsWhereverTheWeightLies(Case test) {
        Initializer initializer = test.create();
        float[] w = NamedInitializer.filled(initializer, SHAPE, FAN, 7);
        assertThat(NamedInitializer.filled(initializer, SHAPE, FAN, 7)).isEqualTo(w);
        float[] larger = new float[w.length + 30];
        Arrays.fill(larger, 99);
        initializer.fill(larger, 10, 10 + w.length, SHAPE, FAN, new KeyedRandom(7));
        assertThat(Arrays.copyOfRange(larger, 10, 10 + w.length)).isEqualTo(w);
        assertThat(Arrays.copyOfRange(larger, 0, 10)).containsOnly(99);
        assertThat(Arrays.copyOfRange(larger, 10 + w.length, larger.length)).containsOnly(99);
    }

    @Test
    void constantsAreConstant() {
        assertThat(NamedInitializer.filled(NamedInitializer.create("zero", Map.of()), SHAPE, FAN, 1))
                .containsOnly(0);
        assertThat(NamedInitializer.filled(NamedInitializer.create("constant", Map.of("value", .25)), SHAPE, FAN, 1))
                .containsOnly(.25f);
    }

    @Test
    void uniformBoundsInTheWrongOrderAreRefused() {
        assertThatThrownBy(() -> NamedInitializer.create("uniform", Map.of("low", .2, "high", .1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'low' must be below 'high', but 0.2 is not below 0.1");
    }
}

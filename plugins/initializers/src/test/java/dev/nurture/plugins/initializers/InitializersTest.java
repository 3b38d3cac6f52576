package dev.nurture.plugins.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.InitializerMoments;
import dev.nurture.contracts.Sample;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The distributions of those that draw each value by itself, beyond the contract's mean and deviation. */
class InitializersTest {
    private static final Fan FAN = new Fan(60, 25);
    private static final Shape SHAPE = Shape.of(60, 25);
    private static final int SEEDS = 400;
    private static final int VALUES = SEEDS * 60 * 25;

    /** Standard errors that a fixed set of seeds may be off; chance would exceed it once in 1.7 million. */
    private static final double ERRORS = 5;

    private record Case(String name, Map<String, Object> settings, boolean uniform) {
        @Override
        public String toString() {
            return name + settings;
        }
    }

    static Stream<Case> random() {
        return Stream.of(
                new Case("normal", Map.of("std", 2.5), false),
                new Case("xavier", Map.of(), false),
                new Case("he", Map.of(), false),
                new Case("lecun", Map.of(), false),
                new Case("uniform", Map.of("low", 1.0, "high", 3.0), true),
                new Case("xavier_uniform", Map.of(), true),
                new Case("he_uniform", Map.of(), true));
    }

    /** A normal distribution has a kurtosis of 3 and no bounds; a uniform one 9/5, and bounds √3 deviations away. */
    @ParameterizedTest
    @MethodSource("random")
    void kurtosisAndBoundsAreThoseOfTheDistribution(Case test) {
        Sample<Initializer> sample = new Sample<>(NamedInitializer.factory(test.name), "", test.settings);
        InitializerMoments moments = StatedMoments.of(sample);
        double fourths = 0;
        double eighths = 0;
        double furthest = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            for (float value : NamedInitializer.filled(sample.create(), SHAPE, FAN, KeyedRandom.key(1, seed))) {
                double off = (value - moments.mean(SHAPE, FAN)) / moments.deviation(SHAPE, FAN);
                double square = off * off;
                fourths += square * square;
                eighths += square * square * square * square;
                furthest = Math.max(furthest, Math.abs(off));
            }
        }
        double kurtosis = fourths / VALUES;
        double spread = Math.sqrt(eighths / VALUES - kurtosis * kurtosis);
        assertThat(kurtosis).isCloseTo(test.uniform ? 1.8 : 3, within(ERRORS * spread / Math.sqrt(VALUES)));
        if (test.uniform) {
            assertThat(furthest).isBetween(Math.sqrt(3) * .9999, Math.sqrt(3) * (1 + 1e-6));
        } else {
            assertThat(furthest).isGreaterThan(4);
        }
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

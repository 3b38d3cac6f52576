package dev.nurture.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
    private static final Map<String, Double> VALUES = Map.of(
            "a", 1.0, "b", 2.0, "c", 6.0, "plain_1.0e-2", 4.0, "none", Double.NaN, "never", Double.POSITIVE_INFINITY);
    private static final ToDoubleFunction<String> MEASURE = VALUES::get;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a < b|true",
                "b < a|false",
                "a < a|false",
                "a <= a|true",
                "b >= 2 * a|true",
                "b > 2 * a|false",
                "0.5 * b <= a|true",
                "mean(a, b, c) > 2.99|true",
                "mean(a, b, c) >= 3|true",
                "mean(a, b, c) > 3|false",
                "min(b, c) > a|true",
                "max(a,b) < 0.34 * c|true",
                "max(a,b) < 0.33 * c|false",
                "plain_1.0e-2 > 3.9|true",
                "a < never|true",
                "none < 1|false",
                "none > 1|false",
                "a > -1e-3|true"
            })
    void holdsAsItsNumbersSay(String text, boolean holds) {
        assertThat(Comparison.of(text).holds(MEASURE)).isEqualTo(holds);
    }

    @Test
    void namesTheRunsThatItNeeds() {
        assertThat(Comparison.of("mean(a, b) < 0.5 * max(b, c)").names()).containsExactly("a", "b", "c");
        assertThat(Comparison.of("a < 3").names()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a < ", "a == b", "a < b c", "median(a) < b", "a * b < c", "(a) < b", "a<b"})
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> Comparison.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected ");
    }
}

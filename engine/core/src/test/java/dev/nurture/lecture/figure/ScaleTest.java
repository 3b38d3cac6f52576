package dev.nurture.lecture.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    @Test
    void equalDifferencesAreEquallyFarApart() {
        Scale scale = new Scale(-2, 6, 100, 20, false);
        assertThat(scale.at(-2)).isEqualTo(100);
        assertThat(scale.at(6)).isEqualTo(20);
        assertThat(scale.at(0)).isCloseTo(80, within(1e-9));
        assertThat(scale.at(8)).isCloseTo(0, within(1e-9));
        assertThat(scale.within(8)).isEqualTo(20);
        assertThat(scale.within(Double.NEGATIVE_INFINITY)).isEqualTo(100);
    }

    @Test
    void equalFactorsAreEquallyFarApartOnALogarithmicAxis() {
        Scale scale = new Scale(1e-4, 1e2, 0, 600, true);
        assertThat(scale.at(1e-3)).isCloseTo(100, within(1e-9));
        assertThat(scale.at(1)).isCloseTo(400, within(1e-9));
        assertThat(scale.at(Math.sqrt(10))).isCloseTo(450, within(1e-9));
    }

    @Test
    void thereIsNoAxisOfNoLengthOrFromZeroByFactors() {
        assertThatThrownBy(() -> new Scale(1, 1, 0, 9, false)).hasMessage("no axis goes from 1.0 to 1.0");
        assertThatThrownBy(() -> new Scale(0, 1, 0, 9, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scale(0, Double.NaN, 0, 9, false)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Scale.linear(3, 3, 0, 9).at(3)).isCloseTo(4.5, within(1e-9));
        assertThat(Scale.linear(0, 0, 0, 9).at(0)).isCloseTo(4.5, within(1e-9));
        assertThat(Scale.logarithmic(3, 3, 0, 9).at(3)).isCloseTo(4.5, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 1 | false | 5 | 0 0.2 0.4 0.6 0.8 1.0",
                "0.28 | 2.3 | false | 5 | 0.5 1.0 1.5 2.0",
                "-1.1 | 1.1 | false | 3 | −1 0 1",
                "0 | 9000 | false | 4 | 0 5000",
                "0.9551 | 0.9712 | false | 4 | 0.960 0.965 0.970",
                "0 | 3e-5 | false | 4 | 0 1e−5 2e−5 3e−5",
                "0.001 | 100 | true | 6 | 0.001 0.01 0.1 1 10 100",
                "1e-7 | 1 | true | 8 | 10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰",
                "1e-7 | 1 | true | 4 | 10⁻⁶ 10⁻⁴ 10⁻² 10⁰",
                "0.28 | 9.7 | true | 6 | 0.5 1 2 5",
                "0.3 | 300 | true | 6 | 0.3 1 3 10 30 100 300",
                "2 | 3 | true | 5 | 2.0 2.2 2.4 2.6 2.8 3.0",
            })
    void ticksAreRoundAndWrittenInOneForm(double from, double to, boolean logarithmic, int most, String labels) {
        Scale scale = new Scale(from, to, 0, 100, logarithmic);
        List<Double> ticks = scale.ticks(most);
        assertThat(String.join(" ", scale.labels(ticks))).isEqualTo(labels);
        assertThat(ticks).allSatisfy(tick -> assertThat(scale.at(tick)).isBetween(-1e-6, 100 + 1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 0",
        "1234.5, 4, 1234",
        "0.00026143, 3, 2.61e−4",
        "-0.5, 3, −0.5",
        "1e6, 3, 1e6",
        "9.99999, 3, 10",
        "0.0009999, 2, 0.001",
        "1e300, 2, 1e300",
        "NaN, 2, NaN",
        "-Infinity, 2, −∞"
    })
    void numbersAreShort(double value, int digits, String text) {
        assertThat(Numbers.brief(value, digits)).isEqualTo(text);
    }
}

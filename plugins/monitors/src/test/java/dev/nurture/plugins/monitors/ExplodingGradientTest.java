package dev.nurture.plugins.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Monitor;
import dev.nurture.testkit.MonitorContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplodingGradientTest extends MonitorContract {
    @Override
    protected Monitor create() {
        return new ExplodingGradient();
    }

    /** A hundred times the median of at least five, twice in a row. */
    @ParameterizedTest
    @CsvSource({
        "10, 101, 102, true",
        "5, 101, 102, true",
        "4, 101, 102, false",
        "10, 99, 99, false",
        "10, 150, 2, false"
    })
    void aGradientAHundredTimesItsMedian(int before, double first, double second, boolean found) {
        Shown shown = new Shown(create());
        for (int i = 0; i < before; i++) {
            shown.look(1);
        }
        shown.look(first).look(second);
        assertThat(shown.finds("exploding_gradient")).isEqualTo(found);
    }
}

package dev.nurture.plugins.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Monitor;
import dev.nurture.testkit.MonitorContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlateauTest extends MonitorContract {
    @Override
    protected Monitor create() {
        return new Plateau();
    }

    /** Flat is within a hundredth of chance, for three epochs and a hundred steps; then a tenth must be gone at once. */
    @ParameterizedTest
    @CsvSource({
        "4, 0.995, 0.85, true",
        "9, 1.005, 0.5, true",
        "3, 0.995, 0.85, false",
        "4, 0.985, 0.85, false",
        "4, 0.995, 0.92, false"
    })
    void aFlatBeginningIsNotedWhenItIsOver(int epochs, double flat, double then, boolean found) {
        Shown shown = new Shown(create());
        for (int i = 0; i < epochs; i++) {
            shown.epoch(0.1, flat * Shown.CHANCE, 0.33, Double.NaN, Double.NaN);
        }
        assertThat(shown.finds("plateau")).isFalse();
        shown.epoch(0.1, then * Shown.CHANCE, 0.5, Double.NaN, Double.NaN);
        assertThat(shown.finds("plateau")).isEqualTo(found);
    }
}

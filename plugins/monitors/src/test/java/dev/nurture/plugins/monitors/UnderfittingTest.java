package dev.nurture.plugins.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Monitor;
import dev.nurture.testkit.MonitorContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnderfittingTest extends MonitorContract {
    @Override
    protected Monitor create() {
        return new Underfitting();
    }

    /** Flat for eight epochs after eight, far from fitted, no gap, something learned, and not at the end of a schedule. */
    @ParameterizedTest
    @CsvSource({
        "0.8, 0.8, 0.6, 0.01, 0.1, true",
        "0.8, 0.795, 0.69, 0.019, 0.06, true",
        "0.8, 0.78, 0.6, 0.01, 0.1, false",
        "0.8, 0.8, 0.71, 0.01, 0.1, false",
        "0.8, 0.8, 0.6, 0.03, 0.1, false",
        "1.08, 1.08, 0.4, 0.01, 0.1, false",
        "0.8, 0.8, 0.6, 0.01, 0.04, false"
    })
    void aLossThatIsFlatFarFromZeroWithoutAGap(
            double before, double after, double accuracy, double gap, double rate, boolean found) {
        Shown shown = new Shown(create());
        for (int i = 0; i < 16; i++) {
            double loss = i < 8 ? before : after;
            shown.epoch(i == 0 ? 0.1 : rate, loss, accuracy, loss, accuracy - gap);
        }
        assertThat(shown.finds("underfitting")).isEqualTo(found);
    }
}

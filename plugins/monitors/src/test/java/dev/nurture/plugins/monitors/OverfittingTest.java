package dev.nurture.plugins.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Monitor;
import dev.nurture.testkit.MonitorContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverfittingTest extends MonitorContract {
    @Override
    protected Monitor create() {
        return new Overfitting();
    }

    /** The validation loss is a tenth above its best for five epochs, the accuracies a tenth apart, the training loss falls. */
    @ParameterizedTest
    @CsvSource({
        "5, 0.56, 0.11, 0.3, true",
        "4, 0.56, 0.11, 0.3, false",
        "9, 0.54, 0.11, 0.3, false",
        "9, 0.56, 0.09, 0.3, false",
        "9, 0.56, 0.11, 0.5, false"
    })
    void rowsLearnedByHeartShowInValidation(int epochs, double validation, double gap, double training, boolean found) {
        Shown shown = new Shown(create()).epoch(0.1, 0.45, 0.8, 0.5, 0.8);
        for (int i = 0; i < epochs; i++) {
            shown.epoch(0.1, training, 0.9, validation, 0.9 - gap);
        }
        assertThat(shown.finds("overfitting")).isEqualTo(found);
    }
}

package dev.nurture.plugins.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Monitor;
import dev.nurture.testkit.MonitorContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OscillatingTest extends MonitorContract {
    @Override
    protected Monitor create() {
        return new Oscillating();
    }

    /** Over 200 steps and five looks: up and down by 60 % of the mean, above half of chance, and no lower at the end. */
    @ParameterizedTest
    @CsvSource({"1.0, 0.65, 1.0, true", "1.0, 0.55, 1.0, false", "0.5, 0.65, 1.0, false", "1.0, 0.65, 0.8, false"})
    void aLossThatJumpsAndComesNoLower(double mean, double swing, double end, boolean found) {
        Shown shown = new Shown(create());
        for (int i = 0; i < 240; i++) {
            double now = mean * (1 + (end - 1) * i / 240);
            shown.step(now * (1 + (i % 2 == 0 ? swing : -swing)));
        }
        assertThat(shown.finds("oscillating")).isEqualTo(found);
    }

    /** A wave of the same height that does not jump: each part of it goes one way. */
    @ParameterizedTest
    @CsvSource({"40, false", "2, true"})
    void aSlowWaveIsNoOscillation(int period, boolean found) {
        Shown shown = new Shown(create());
        for (int i = 0; i < 240; i++) {
            shown.step(i % period < period / 2 ? 1.7 : 0.3 + 1e-3 * (i % period));
        }
        assertThat(shown.finds("oscillating")).isEqualTo(found);
    }
}

package dev.nurture.plugins.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.contracts.PlainTraining;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.testkit.MonitorContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaturatedUnitsTest extends MonitorContract {
    @Override
    protected Monitor create() {
        return new SaturatedUnits();
    }

    @Test
    void findsItsFaultAndNoOther() {
        for (PlainTraining.Course course : PlainTraining.Course.values()) {
            List<Finding> found = new PlainTraining(1, course).watchedBy(create());
            if (course == PlainTraining.Course.SATURATED) {
                assertThat(found)
                        .extracting(Finding::fault)
                        .containsOnly("saturated_units")
                        .isNotEmpty();
            } else {
                assertThat(found).isEmpty();
            }
        }
    }
}

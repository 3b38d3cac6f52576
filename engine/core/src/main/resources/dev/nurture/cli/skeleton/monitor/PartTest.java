package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.contracts.PlainTraining;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import dev.nurture.testkit.MonitorContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class {{class}}Test extends MonitorContract {
    @Override
    protected Monitor create() {
        return new {{class}}(10);
    }

    private static final StepStatistics LOOK = new StepStatistics(1, 1, 0.1, 1, 1, List.of(), List.of());

    /** Shows a hundred losses of 1, one of which is another, and returns what is found then. */
    private List<Finding> after(double odd) {
        Monitor.Watch watch = create().watch(new PlainTraining(1, PlainTraining.Course.HEALTHY).training());
        for (int step = 1; step <= 100; step++) {
            watch.stepped(step, step == 80 ? odd : 1);
        }
        return watch.sampled(LOOK);
    }

    @Test
    void tellsTheStepAndHowFarItWasOff() {
        List<Finding> findings = after(30);
        assertEquals(1, findings.size());
        assertEquals("loss_spike", findings.get(0).fault());
        assertEquals(30, findings.get(0).measured(), 1e-9);
    }

    @Test
    void isCalmBelow() {
        assertEquals(List.of(), after(9));
    }
}

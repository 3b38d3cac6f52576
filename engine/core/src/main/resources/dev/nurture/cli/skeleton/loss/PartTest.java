package {{package}};

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.contracts.LossReference;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;
import dev.nurture.testkit.LossContract;
import org.junit.jupiter.api.Test;

class {{class}}Test extends LossContract {
    private static final double DELTA = 1;

    @Override
    protected Loss create() {
        return new {{class}}(DELTA);
    }

    @Override
    protected LossReference formula() {
        return (output, target) -> {
            double sum = 0;
            for (int j = 0; j < output.length; j++) {
                double error = output[j] - target[j];
                sum += DELTA * DELTA * (Math.sqrt(1 + Math.pow(error / DELTA, 2)) - 1);
            }
            return sum / output.length;
        };
    }

    @Test
    void isAParabolaNearZeroAndALineFarOut() {
        Loss loss = create();
        float[] gradient = new float[2];
        // 3/4 makes the root 5/4; from 1e6 the line is 1 away.
        double value = loss.evaluate(new float[] {0.75f, 1e6f}, Targets.values(new float[2]), gradient, 2, 1);
        assertEquals((0.25 + (1e6 - 1)) / 2, value, 1e-6);
        assertArrayEquals(new float[] {0.75f / 1.25f / 2, 0.5f}, gradient, 1e-7f);
        assertEquals(0.5e-12, loss.evaluate(new float[] {1e-6f}, Targets.values(new float[1]), null, 1, 1), 1e-18);
    }
}

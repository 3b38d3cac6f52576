package {{package}};

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.nurture.contracts.ActivationFormula;
import dev.nurture.spi.Activation;
import dev.nurture.testkit.ActivationContract;
import org.junit.jupiter.api.Test;

class {{class}}Test extends ActivationContract {
    private static final double BEND = 4;

    @Override
    protected Activation create() {
        return new {{class}}(BEND);
    }

    @Override
    protected ActivationFormula formula() {
        return x -> (x + Math.sqrt(x * x + BEND)) / 2;
    }

    @Test
    void isHalfTheRootOfTheBendAtZeroAndARectifierFarOut() {
        float[] x = {0, 1e20f, -1e20f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        float[] y = new float[x.length];
        create().forward(x, y, 0, x.length);
        assertArrayEquals(new float[] {1, 1e20f, 1e-20f, Float.POSITIVE_INFINITY, 0}, y);
    }
}

package {{package}};

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.NormalizationContract;
import org.junit.jupiter.api.Test;

class {{class}}Test extends NormalizationContract {
    @Override
    protected Normalization create() {
        return new {{class}}(1e-5);
    }

    @Test
    void dividesAnExampleByItsRootMeanSquareThenScalesAndShiftsChannels() {
        TestVariables variables = new TestVariables(2);
        Normalization normalization = create();
        normalization.build(Shape.of(2), variables);
        variables.trained().get("scale").value()[1] = 10;
        variables.trained().get("shift").value()[0] = 0.5f;

        // √((1 + 49) / 2) = 5 and √((9 + 9) / 2) = 3, each example by itself.
        float[] x = {1, 7, -3, 3};
        float[] y = new float[4];
        normalization.forward(x, y, 2, TestPass.training(1));
        assertArrayEquals(new float[] {0.7f, 14, -0.5f, 10}, y, 1e-4f);
    }
}

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
    void normalizesEachPositionOverTheChannelsThenScalesAndShiftsThese() {
        TestVariables variables = new TestVariables(1);
        Normalization normalization = create();
        normalization.build(Shape.of(2, 1, 3), variables);
        variables.trained().get("scale").value()[1] = 10;
        variables.trained().get("shift").value()[0] = 0.5f;

        // At the three positions the channels are 1 and 5, 8 and 2, -3 and -1.
        float[] x = {1, 8, -3, 5, 2, -1};
        float[] y = new float[6];
        normalization.forward(x, y, 1, TestPass.training(1));
        assertArrayEquals(new float[] {-0.5f, 1.5f, -0.5f, 10, -10, 10}, y, 1e-4f);
    }
}

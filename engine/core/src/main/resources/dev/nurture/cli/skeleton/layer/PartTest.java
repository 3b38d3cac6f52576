package {{package}};

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import dev.nurture.testkit.LayerContract;
import org.junit.jupiter.api.Test;

class {{class}}Test extends LayerContract {
    @Override
    protected Layer create() {
        return new {{class}}(0.5);
    }

    @Test
    void multipliesEachChannelByAFactorOfItsOwn() {
        TestVariables variables = new TestVariables(2);
        Layer layer = create();
        assertEquals(Shape.of(2, 1, 2), layer.build(Shape.of(2, 1, 2), variables));
        Variable scale = variables.trained().get("scale");
        assertArrayEquals(new float[] {0.5f, 0.5f}, scale.value());
        scale.value()[1] = 3;

        Pass pass = TestPass.training(1);
        float[] x = {1, 2, 10, 20, 3, 4, 30, 40};
        float[] y = new float[8];
        layer.forward(x, y, 2, pass);
        assertArrayEquals(new float[] {0.5f, 1, 30, 60, 1.5f, 2, 90, 120}, y);

        float[] dy = {1, 1, 1, 1, 2, 2, 2, 2};
        float[] dx = new float[8];
        layer.backward(x, y, dy, dx, 2, pass);
        assertArrayEquals(new float[] {0.5f, 0.5f, 3, 3, 1, 1, 6, 6}, dx);
        assertArrayEquals(new float[] {1 + 2 + 2 * (3 + 4), 10 + 20 + 2 * (30 + 40)}, scale.gradient());
    }
}

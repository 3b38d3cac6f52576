package {{package}};

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.PreprocessorContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class {{class}}Test extends PreprocessorContract {
    @Override
    protected Preprocessor create() {
        return new {{class}}(-1);
    }

    @Test
    void bringsEachValueFromItsOwnRangeToMinusOneAndOne() {
        Preprocessor preprocessor = create();
        preprocessor.build(Shape.of(2), new TestVariables(4));
        float[] train = {0, 10, 4, 20, 2, 30};
        preprocessor.fit(Dataset.classification(Shape.of(2), train, new int[] {0, 1, 0}, 2, List.of()));
        // The last row is none of the training rows, and outside their ranges.
        float[] x = {0, 10, 4, 20, 2, 30, 6, 0};
        float[] y = new float[8];
        preprocessor.apply(x, y, 4, TestPass.training(1));
        assertArrayEquals(new float[] {-1, -1, 1, 0, 0, 1, 2, -2}, y, 1e-6f);
    }
}

package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.spi.Optimizer;
import dev.nurture.testkit.OptimizerContract;
import org.junit.jupiter.api.Test;

class {{class}}Test extends OptimizerContract {
    @Override
    protected Optimizer create() {
        return new {{class}}(0.1, 0.9, 0.7);
    }

    @Test
    void followsTheFormulaOfThePaper() {
        Optimizer optimizer = create();
        float[] w = {1};
        float[][] slots = {{0}};
        double weight = 1;
        double average = 0;
        for (int number = 1; number <= 20; number++) {
            double gradient = Math.sin(number);
            average = 0.9 * average + 0.1 * gradient;
            weight -= 0.1 * (0.3 * gradient + 0.7 * average);
            optimizer.update(w, new float[] {(float) gradient}, slots, 0, 1, new At(number));
            assertEquals(average, slots[0][0], 1e-6);
            assertEquals(weight, w[0], 1e-6);
        }
    }

    private record At(long number) implements Optimizer.Step {
        @Override
        public float learningRate() {
            return 0.1f;
        }

        @Override
        public boolean decays() {
            return false;
        }
    }
}

package org.example.nurture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.contracts.OptimizerReference;
import dev.nurture.spi.Optimizer;
import dev.nurture.testkit.OptimizerContract;
import org.junit.jupiter.api.Test;

class AdaMaxTest extends OptimizerContract {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final float RATE = 0.002f;

    @Override
    protected Optimizer create() {
        return new AdaMax(RATE, BETA1, BETA2, EPSILON);
    }

    /** As the paper writes it, with ε. */
    @Override
    protected OptimizerReference reference() {
        return (w, g, slots, step) -> {
            slots[0] = BETA1 * slots[0] + (1 - BETA1) * g;
            slots[1] = Math.max(BETA2 * slots[1], Math.abs(g));
            double rate = step.learningRate() / (1 - Math.pow(BETA1, step.number()));
            return w - rate * slots[0] / (slots[1] + EPSILON);
        };
    }

    @Test
    void firstMovesAWeightByTheLearningRateWhateverTheGradientsSize() {
        for (float g : new float[] {1e-4f, 1, -1e4f}) {
            float[] w = {0};
            create().update(w, new float[] {g}, new float[][] {{0}, {0}}, 0, 1, new At(1));
            assertEquals(-RATE * Math.signum(g), w[0], 1e-6);
        }
    }

    @Test
    void leavesAWeightAloneThatHasNeverHadAGradient() {
        float[] w = {0.25f};
        create().update(w, new float[] {0}, new float[][] {{0}, {0}}, 0, 1, new At(1));
        assertEquals(0.25f, w[0]);
    }

    private record At(long number) implements Optimizer.Step {
        @Override
        public float learningRate() {
            return RATE;
        }

        @Override
        public boolean decays() {
            return false;
        }
    }
}

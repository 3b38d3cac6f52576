package org.example.nurture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Optimizer;
import dev.nurture.testkit.OptimizerContract;
import org.junit.jupiter.api.Test;

class AdaMaxTest extends OptimizerContract {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float RATE = 0.002f;

    @Override
    protected Optimizer create() {
        return new AdaMax(RATE, BETA1, BETA2, 1e-8);
    }

    @Test
    void followsTheFormulaOfThePaper() {
        Optimizer optimizer = create();
        KeyedRandom random = new KeyedRandom(7);
        float[] w = {0.5f};
        float[][] slots = {{0}, {0}};
        double weight = w[0];
        double m = 0;
        double u = 0;
        for (int t = 1; t <= 200; t++) {
            float g = (float) random.nextGaussian();
            m = BETA1 * m + (1 - BETA1) * g;
            u = Math.max(BETA2 * u, Math.abs(g));
            weight -= RATE / (1 - Math.pow(BETA1, t)) * m / u;
            optimizer.update(w, new float[] {g}, slots, 0, 1, new At(t));
            assertEquals(m, slots[0][0], 1e-6, "m after step " + t);
            assertEquals(u, slots[1][0], 1e-5, "u after step " + t);
            assertEquals(weight, w[0], 1e-5, "weight after step " + t);
        }
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

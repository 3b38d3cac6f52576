package dev.nurture.faults.parts;

import dev.nurture.spi.Optimizer;

/** Gradient descent that divides by nothing in its third step. */
final class Bursting implements Optimizer {
    @Override
    public float learningRate() {
        return 0.01f;
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        for (int i = from; i < to; i++) {
            w[i] -= step.learningRate() * g[i] / Math.max(0, 3 - step.number());
        }
    }
}

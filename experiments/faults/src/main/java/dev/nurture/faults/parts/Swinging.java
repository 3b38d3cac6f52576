package dev.nurture.faults.parts;

import dev.nurture.spi.Optimizer;
import java.util.List;

/** Gradient descent that goes across the valley at one step and all the way back at the next. */
final class Swinging implements Optimizer {
    private final float learningRate;

    Swinging(float learningRate) {
        this.learningRate = learningRate;
    }

    @Override
    public float learningRate() {
        return learningRate;
    }

    @Override
    public List<String> slots() {
        return List.of("across");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        float[] across = slots[0];
        boolean back = step.number() % 2 == 0;
        for (int i = from; i < to; i++) {
            across[i] = back ? -across[i] : -step.learningRate() * g[i];
            w[i] += across[i];
        }
    }
}

package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Gradient descent with a velocity: {@code v ← μ·v − η·g}, {@code w ← w + v}.
 *
 * <p>The learning rate stands within the velocity, as in CS231n: when a schedule lowers it, what is already in motion
 * keeps its pace. B. Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Computational
 * Mathematics and Mathematical Physics 4 (1964).
 */
final class Momentum implements Optimizer {
    private static final Param<Double> LEARNING_RATE = Parameters.learningRate(1e-2);

    static final Factory<Optimizer> FACTORY = new Factory<>(
            Optimizer.class,
            "momentum",
            "Gradient descent with momentum: v = momentum * v - learning_rate * g; w += v.",
            List.of(LEARNING_RATE, Parameters.MOMENTUM),
            settings -> new Momentum(settings.get(LEARNING_RATE), settings.get(Parameters.MOMENTUM)));

    private final float learningRate;
    private final float momentum;

    Momentum(double learningRate, double momentum) {
        this.learningRate = (float) learningRate;
        this.momentum = Parameters.belowOne(momentum);
    }

    @Override
    public float learningRate() {
        return learningRate;
    }

    @Override
    public List<String> slots() {
        return List.of("velocity");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        float[] velocity = slots[0];
        float keep = momentum;
        float rate = step.learningRate();
        for (int i = from; i < to; i++) {
            float v = keep * velocity[i] - rate * g[i];
            velocity[i] = v;
            w[i] += v;
        }
    }
}

package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Nesterov's momentum, in the form that takes the gradient where the weights are: {@code v′ ← μ·v − η·g}, {@code w ← w −
 * μ·v + (1 + μ)·v′}, which is {@code w + μ·v′ − η·g}. What is stored in {@code w} is the point looked ahead to.
 *
 * <p>CS231n, "Neural networks 3", and I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the importance of initialization
 * and momentum in deep learning", ICML 2013, after Y. Nesterov (1983).
 */
final class Nesterov implements Optimizer {
    private static final Param<Double> LEARNING_RATE = Parameters.learningRate(1e-2);

    static final Factory<Optimizer> FACTORY = new Factory<>(
            Optimizer.class,
            "nesterov",
            "Nesterov momentum: v = momentum * v - learning_rate * g; w += momentum * v - learning_rate * g.",
            List.of(LEARNING_RATE, Parameters.MOMENTUM),
            settings -> new Nesterov(settings.get(LEARNING_RATE), settings.get(Parameters.MOMENTUM)));

    private final float learningRate;
    private final float momentum;

    Nesterov(double learningRate, double momentum) {
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
            float push = rate * g[i];
            float v = keep * velocity[i] - push;
            velocity[i] = v;
            w[i] += keep * v - push;
        }
    }
}

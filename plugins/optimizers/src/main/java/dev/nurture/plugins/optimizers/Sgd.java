package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Stochastic gradient descent: {@code w ← w − η·g}.
 *
 * <p>H. Robbins, S. Monro, "A stochastic approximation method", Annals of Mathematical Statistics 22 (1951).
 */
final class Sgd implements Optimizer {
    private static final Param<Double> LEARNING_RATE = Parameters.learningRate(1e-2);

    static final Factory<Optimizer> FACTORY = new Factory<>(
            Optimizer.class,
            "sgd",
            "Stochastic gradient descent: w -= learning_rate * g.",
            List.of(LEARNING_RATE),
            settings -> new Sgd(settings.get(LEARNING_RATE)));

    private final float learningRate;

    Sgd(double learningRate) {
        this.learningRate = (float) learningRate;
    }

    @Override
    public float learningRate() {
        return learningRate;
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        float rate = step.learningRate();
        for (int i = from; i < to; i++) {
            w[i] -= rate * g[i];
        }
    }
}

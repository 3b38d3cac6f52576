package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * AdaGrad: {@code s ← s + g²}, {@code w ← w − η·g / (√s + ε)}.
 *
 * <p>A gradient beyond 1.8e19 squares to infinity; its weight stays where it is from then on. J. Duchi, E. Hazan, Y.
 * Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12 (2011).
 */
final class AdaGrad implements Optimizer {
    private static final Param<Double> LEARNING_RATE = Parameters.learningRate(1e-2);
    private static final Param<Double> EPSILON = Parameters.epsilon(1e-8);

    static final Factory<Optimizer> FACTORY = new Factory<>(
            Optimizer.class,
            "adagrad",
            "AdaGrad: each weight's steps shrink by the root of the sum of its squared gradients.",
            List.of(LEARNING_RATE, EPSILON),
            settings -> new AdaGrad(settings.get(LEARNING_RATE), settings.get(EPSILON)));

    private final float learningRate;
    private final float epsilon;

    AdaGrad(double learningRate, double epsilon) {
        this.learningRate = (float) learningRate;
        this.epsilon = (float) epsilon;
    }

    @Override
    public float learningRate() {
        return learningRate;
    }

    @Override
    public List<String> slots() {
        return List.of("square_sum");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        float[] squareSum = slots[0];
        float rate = step.learningRate();
        float small = epsilon;
        for (int i = from; i < to; i++) {
            float gradient = g[i];
            float s = squareSum[i] + gradient * gradient;
            squareSum[i] = s;
            w[i] -= rate * gradient / ((float) Math.sqrt(s) + small);
        }
    }
}

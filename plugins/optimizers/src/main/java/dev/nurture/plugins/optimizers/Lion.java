package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Lion: {@code w ← w − η·(sign(β1·m + (1 − β1)·g) + λ·w)}, {@code m ← β2·m + (1 − β2)·g}; the sign of zero is zero.
 *
 * <p>Every step moves a weight by the learning rate, whatever the gradient's size: it wants one three to ten times
 * smaller than Adam's. X. Chen et al., "Symbolic discovery of optimization algorithms", NeurIPS 2023.
 */
final class Lion implements Optimizer {
    /** Multiplied by this twice, the smallest float is beyond 1. */
    private static final float HUGE = 1e38f;

    private static final Param<Double> LEARNING_RATE = Parameters.learningRate(1e-4);
    private static final Param<Double> BETA2 =
            Parameters.beta2(0.99, "decay of the average of the gradient, as it is kept for the next step");
    private static final Param<Double> WEIGHT_DECAY = Parameters.weightDecay(
            0.0, "times the learning rate, the share of a weight taken off each step; weights only, not biases");

    static final Factory<Optimizer> FACTORY = new Factory<>(
            Optimizer.class,
            "lion",
            "Lion: the sign of an average of the gradient.",
            List.of(LEARNING_RATE, Parameters.BETA1, BETA2, WEIGHT_DECAY),
            settings -> new Lion(
                    settings.get(LEARNING_RATE),
                    settings.get(Parameters.BETA1),
                    settings.get(BETA2),
                    settings.get(WEIGHT_DECAY)));

    private final float learningRate;
    private final float beta1;
    private final float beta2;
    private final double weightDecay;

    Lion(double learningRate, double beta1, double beta2, double weightDecay) {
        this.learningRate = (float) learningRate;
        this.beta1 = Parameters.belowOne(beta1);
        this.beta2 = Parameters.belowOne(beta2);
        this.weightDecay = weightDecay;
    }

    @Override
    public float learningRate() {
        return learningRate;
    }

    @Override
    public List<String> slots() {
        return List.of("m");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        float[] m = slots[0];
        float rate = step.learningRate();
        float decay = step.decays() ? (float) ((double) rate * weightDecay) : 0;
        float keep1 = beta1;
        float add1 = 1 - beta1;
        float keep2 = beta2;
        float add2 = 1 - beta2;
        for (int i = from; i < to; i++) {
            float weight = w[i];
            float gradient = g[i];
            float average = m[i];
            float mix = keep1 * average + add1 * gradient;
            m[i] = keep2 * average + add2 * gradient;
            // The sign, by stretching and clamping: Math.signum is not vectorised on every JDK.
            float sign = Math.max(-1, Math.min(1, mix * HUGE * HUGE));
            w[i] = weight - (rate * sign + decay * weight);
        }
    }
}

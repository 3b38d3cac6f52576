package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * AdaDelta: {@code s ← ρ·s + (1 − ρ)·g²}, {@code δ = g·√(u + ε) / √(s + ε)}, {@code u ← ρ·u + (1 − ρ)·δ²}, {@code w ← w −
 * η·δ}, with {@code η = 1} in the paper.
 *
 * <p>A gradient beyond 1.8e19 squares to infinity; its weight stays where it is from then on. M. Zeiler, "ADADELTA: an
 * adaptive learning rate method", arXiv:1212.5701 (2012).
 */
final class AdaDelta implements Optimizer {
    private static final Param<Double> LEARNING_RATE = Parameters.learningRate(1.0);
    private static final Param<Double> DECAY = Parameters.decay(0.95);
    private static final Param<Double> EPSILON = Parameters.epsilon(1e-6);

    static final Factory<Optimizer> FACTORY = new Factory<>(
            Optimizer.class,
            "adadelta",
            "AdaDelta: steps in the weight's own units, from running averages of squared steps and squared gradients.",
            List.of(LEARNING_RATE, DECAY, EPSILON),
            settings -> new AdaDelta(settings.get(LEARNING_RATE), settings.get(DECAY), settings.get(EPSILON)));

    private final float learningRate;
    private final float decay;
    private final float epsilon;

    AdaDelta(double learningRate, double decay, double epsilon) {
        this.learningRate = (float) learningRate;
        this.decay = Parameters.belowOne(decay);
        this.epsilon = (float) epsilon;
    }

    @Override
    public float learningRate() {
        return learningRate;
    }

    @Override
    public List<String> slots() {
        return List.of("square_average", "square_step_average");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        float[] squareAverage = slots[0];
        float[] squareStepAverage = slots[1];
        float rate = step.learningRate();
        float keep = decay;
        float add = 1 - decay;
        float small = epsilon;
        for (int i = from; i < to; i++) {
            float gradient = g[i];
            float u = squareStepAverage[i];
            float s = keep * squareAverage[i] + add * (gradient * gradient);
            // Divided before it is multiplied, so that a huge gradient over an infinite average is 0 and not NaN.
            float delta = (float) Math.sqrt(u + small) / (float) Math.sqrt(s + small) * gradient;
            squareAverage[i] = s;
            squareStepAverage[i] = keep * u + add * (delta * delta);
            w[i] -= rate * delta;
        }
    }
}

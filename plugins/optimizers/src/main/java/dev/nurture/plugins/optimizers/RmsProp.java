package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * RMSProp: {@code s ← ρ·s + (1 − ρ)·g²}, {@code w ← w − η·g / (√s + ε)}.
 *
 * <p>The average starts at zero and is not corrected for it, so the first steps are up to {@code 1/√(1−ρ)} times as large
 * as later ones. A gradient beyond 1.8e19 squares to infinity; its weight stays where it is from then on. T. Tieleman,
 * G. Hinton, "Lecture 6.5, RMSProp", Neural Networks for Machine Learning, Coursera (2012); defaults of CS231n's
 * assignment 2.
 */
final class RmsProp implements Optimizer {
    private static final Param<Double> LEARNING_RATE = Parameters.learningRate(1e-2);
    private static final Param<Double> DECAY = Parameters.decay(0.99);
    private static final Param<Double> EPSILON = Parameters.epsilon(1e-8);

    static final Factory<Optimizer> FACTORY = new Factory<>(
            Optimizer.class,
            "rmsprop",
            "RMSProp: each weight's steps are divided by the root of the running average of its squared gradient.",
            List.of(LEARNING_RATE, DECAY, EPSILON),
            settings -> new RmsProp(settings.get(LEARNING_RATE), settings.get(DECAY), settings.get(EPSILON)));

    private final float learningRate;
    private final float decay;
    private final float epsilon;

    RmsProp(double learningRate, double decay, double epsilon) {
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
        return List.of("square_average");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        float[] squareAverage = slots[0];
        float rate = step.learningRate();
        float keep = decay;
        float add = 1 - decay;
        float small = epsilon;
        for (int i = from; i < to; i++) {
            float gradient = g[i];
            float s = keep * squareAverage[i] + add * (gradient * gradient);
            squareAverage[i] = s;
            w[i] -= rate * gradient / ((float) Math.sqrt(s) + small);
        }
    }
}

package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import java.util.List;

/**
 * Adam and its two kin, in one loop.
 *
 * <pre>{@code
 * g ← g + λ·w                                          adam, nadam
 * m ← β1·m + (1 − β1)·g
 * v ← β2·v + (1 − β2)·g²
 * n = m / (1 − β1ᵗ)                                    adam, adamw
 * n = β1·m / (1 − β1ᵗ⁺¹) + (1 − β1)·g / (1 − β1ᵗ)      nadam
 * w ← w − η·n / (√(v / (1 − β2ᵗ)) + ε)
 * w ← w − η·λ·w                                        adamw, with the w before the line above
 * }</pre>
 *
 * <p>A gradient beyond 1.8e19 squares to infinity; its weight is no longer moved by gradients from then on.
 *
 * <p>D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015. I. Loshchilov, F. Hutter, "Decoupled
 * weight decay regularization", ICLR 2019. T. Dozat, "Incorporating Nesterov momentum into Adam", ICLR 2016 workshop,
 * with the momentum constant.
 */
final class Adam implements Optimizer {
    private static final Param<Double> LEARNING_RATE = Parameters.learningRate(1e-3);
    private static final Param<Double> NADAM_LEARNING_RATE = Parameters.learningRate(2e-3);
    private static final Param<Double> BETA2 = Parameters.beta2(0.999, "decay of the average of the squared gradient");
    private static final Param<Double> EPSILON = Parameters.epsilon(1e-8);
    private static final Param<Double> COUPLED_DECAY =
            Parameters.weightDecay(0.0, "times the weight, added to the gradient; weights only, not biases");
    private static final Param<Double> DECOUPLED_DECAY = Parameters.weightDecay(
            0.01, "times the learning rate, the share of a weight taken off each step; weights only, not biases");

    static final Factory<Optimizer> ADAM = factory(
            "adam",
            "Adam: running averages of the gradient and of its square, corrected for their start at zero.",
            LEARNING_RATE,
            COUPLED_DECAY,
            false,
            false);

    static final Factory<Optimizer> ADAMW = factory(
            "adamw",
            "AdamW: Adam whose weight decay does not pass through the averages.",
            LEARNING_RATE,
            DECOUPLED_DECAY,
            true,
            false);

    static final Factory<Optimizer> NADAM =
            factory("nadam", "Nadam: Adam with Nesterov momentum.", NADAM_LEARNING_RATE, COUPLED_DECAY, false, true);

    private final float learningRate;
    private final float beta1;
    private final float beta2;
    private final float epsilon;
    private final double weightDecay;
    private final boolean decoupled;
    private final boolean nesterov;

    private Adam(
            Settings settings,
            Param<Double> learningRate,
            Param<Double> weightDecay,
            boolean decoupled,
            boolean nesterov) {
        this.learningRate = settings.get(learningRate).floatValue();
        this.beta1 = Parameters.belowOne(settings.get(Parameters.BETA1));
        this.beta2 = Parameters.belowOne(settings.get(BETA2));
        this.epsilon = settings.get(EPSILON).floatValue();
        this.weightDecay = settings.get(weightDecay);
        this.decoupled = decoupled;
        this.nesterov = nesterov;
    }

    private static Factory<Optimizer> factory(
            String name,
            String doc,
            Param<Double> learningRate,
            Param<Double> weightDecay,
            boolean decoupled,
            boolean nesterov) {
        return new Factory<>(
                Optimizer.class,
                name,
                doc,
                List.of(learningRate, Parameters.BETA1, BETA2, EPSILON, weightDecay),
                settings -> new Adam(settings, learningRate, weightDecay, decoupled, nesterov));
    }

    @Override
    public float learningRate() {
        return learningRate;
    }

    @Override
    public List<String> slots() {
        return List.of("m", "v");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        long t = step.number();
        double rate = step.learningRate();
        double decay = step.decays() ? weightDecay : 0;
        double correction1 = 1 - power(beta1, t);
        double correction2 = 1 - power(beta2, t);
        float coupledDecay = decoupled ? 0 : (float) decay;
        float decoupledDecay = decoupled ? (float) (rate * decay) : 0;
        // The share of the average and of the gradient itself in the step.
        float ofAverage = (float) (nesterov ? rate * beta1 / (1 - power(beta1, t + 1)) : rate / correction1);
        float ofGradient = (float) (nesterov ? rate * (1 - beta1) / correction1 : 0);
        float rootScale = (float) (1 / Math.sqrt(correction2));
        update(w, g, slots[0], slots[1], from, to, coupledDecay, decoupledDecay, ofAverage, ofGradient, rootScale);
    }

    /**
     * Returns a whole power by squaring. StrictMath's allocates three arrays a call until it is compiled; this one's error
     * of some {@code n} ulps does not reach a float.
     */
    static double power(double base, long n) {
        double power = 1;
        double square = base;
        for (long left = n; left > 0; left >>= 1) {
            power *= (left & 1) == 1 ? square : 1;
            square *= square;
        }
        return power;
    }

    private void update(
            float[] w,
            float[] g,
            float[] m,
            float[] v,
            int from,
            int to,
            float coupledDecay,
            float decoupledDecay,
            float ofAverage,
            float ofGradient,
            float rootScale) {
        float keep1 = beta1;
        float add1 = 1 - beta1;
        float keep2 = beta2;
        float add2 = 1 - beta2;
        float small = epsilon;
        for (int i = from; i < to; i++) {
            float weight = w[i];
            float gradient = g[i] + coupledDecay * weight;
            float average = keep1 * m[i] + add1 * gradient;
            float square = keep2 * v[i] + add2 * (gradient * gradient);
            m[i] = average;
            v[i] = square;
            float change =
                    (ofAverage * average + ofGradient * gradient) / ((float) Math.sqrt(square) * rootScale + small);
            // Decay joins the small change, not the weight: 1 − η·λ would round to a multiple of 6e-8.
            w[i] = weight - (change + decoupledDecay * weight);
        }
    }
}

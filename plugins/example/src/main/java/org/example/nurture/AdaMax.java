package org.example.nurture;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * AdaMax, Adam with the greatest gradient of late in place of the root of the mean square:
 *
 * <pre>{@code
 * m ← β1·m + (1 − β1)·g
 * u ← max(β2·u, |g|)
 * w ← w − η / (1 − β1ᵗ) · m / (u + ε)
 * }</pre>
 *
 * <p>D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, section 7.1, which has no ε; without it a
 * weight whose gradients were all zero would become 0/0.
 */
final class AdaMax implements Optimizer {
    private static final Param<Double> LEARNING_RATE =
            Param.number("learning_rate").in("(0, inf)").or(2e-3).doc("η: the size of a step, before any schedule");
    private static final Param<Double> BETA1 =
            Param.number("beta1").in("[0, 1)").or(0.9).doc("decay of the average of the gradient");
    private static final Param<Double> BETA2 =
            Param.number("beta2").in("[0, 1)").or(0.999).doc("decay of the greatest gradient");
    private static final Param<Double> EPSILON =
            Param.number("epsilon").in("[1e-30, 1]").or(1e-8).doc("added to the denominator");

    static final Factory<Optimizer> FACTORY = new Factory<>(
            Optimizer.class,
            "adamax",
            "AdaMax: Adam by the greatest gradient of late instead of the mean square (Kingma and Ba 2015).",
            List.of(LEARNING_RATE, BETA1, BETA2, EPSILON),
            settings -> new AdaMax(
                    settings.get(LEARNING_RATE), settings.get(BETA1), settings.get(BETA2), settings.get(EPSILON)));

    private final float learningRate;
    private final float beta1;
    private final float beta2;
    private final float epsilon;

    AdaMax(double learningRate, double beta1, double beta2, double epsilon) {
        this.learningRate = (float) learningRate;
        this.beta1 = belowOne(beta1);
        this.beta2 = belowOne(beta2);
        this.epsilon = (float) epsilon;
    }

    /** Returns a decay that is less than 1 as a {@code float} too, so that nothing is divided by 0. */
    private static float belowOne(double decay) {
        return Math.min((float) decay, Math.nextDown(1f));
    }

    @Override
    public float learningRate() {
        return learningRate;
    }

    @Override
    public List<String> slots() {
        return List.of("m", "u");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        float[] m = slots[0];
        float[] u = slots[1];
        float keep = beta1;
        float add = 1 - beta1;
        float fade = beta2;
        float small = epsilon;
        float rate = (float) (step.learningRate() / (1 - Math.pow(beta1, step.number())));
        for (int i = from; i < to; i++) {
            float average = keep * m[i] + add * g[i];
            float greatest = Math.max(fade * u[i], Math.abs(g[i]));
            m[i] = average;
            u[i] = greatest;
            w[i] -= rate * average / (greatest + small);
        }
    }
}

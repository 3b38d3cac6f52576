package {{package}};

import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Quasi-hyperbolic momentum: {@code v ← β·v + (1 − β)·g}, {@code w ← w − η·((1 − ν)·g + ν·v)}, a step between that of the
 * gradient and that of its average. J. Ma, D. Yarats, "Quasi-hyperbolic momentum and Adam for deep learning", ICLR 2019.
 */
final class {{class}} implements Optimizer {
    private static final Param<Double> LEARNING_RATE =
            Param.number("learning_rate").in("(0, inf)").or(0.1).doc("η: the size of a step, before any schedule");
    private static final Param<Double> MOMENTUM =
            Param.number("momentum").in("[0, 1)").or(0.9).doc("β: the share of the average that is kept");
    private static final Param<Double> SHARE =
            Param.number("share").in("[0, 1]").or(0.7).doc("ν: the share of the average in a step");

    static final Factory<Optimizer> FACTORY = new Factory<>(
            Optimizer.class,
            "{{part}}",
            "Quasi-hyperbolic momentum: steps along a mix of the gradient and its average (Ma and Yarats 2019).",
            List.of(LEARNING_RATE, MOMENTUM, SHARE),
            settings -> new {{class}}(settings.get(LEARNING_RATE), settings.get(MOMENTUM), settings.get(SHARE)));

    private final float learningRate;
    private final float momentum;
    private final float share;

    {{class}}(double learningRate, double momentum, double share) {
        this.learningRate = (float) learningRate;
        this.momentum = (float) momentum;
        this.share = (float) share;
    }

    @Override
    public float learningRate() {
        return learningRate;
    }

    @Override
    public List<String> slots() {
        return List.of("v");
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
        float[] v = slots[0];
        float keep = momentum;
        float add = 1 - momentum;
        float ofAverage = step.learningRate() * share;
        float ofGradient = step.learningRate() * (1 - share);
        for (int i = from; i < to; i++) {
            float average = keep * v[i] + add * g[i];
            v[i] = average;
            w[i] -= ofGradient * g[i] + ofAverage * average;
        }
    }
}

package {{package}};

import dev.nurture.spi.Factory;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Param;
import dev.nurture.spi.Targets;
import java.util.List;

/**
 * The mean over all {@code batch · width} values of {@code delta²·(√(1 + (e/delta)²) − 1)}, {@code e = output − target}: a
 * parabola near 0, a straight line far out, smooth in between. Classes as targets count as 1 on the label and 0 elsewhere.
 * P. Charbonnier et al., "Deterministic edge-preserving regularization in computed imaging", IEEE Transactions on Image
 * Processing 6 (1997).
 */
final class {{class}} implements Loss {
    private static final Param<Double> DELTA =
            Param.number("delta").in("[1e-6, 1e6]").or(1.0).doc("the error at which it bends from parabola to line");

    static final Factory<Loss> FACTORY = new Factory<>(
            Loss.class,
            "{{part}}",
            "A smooth cousin of huber: delta² (sqrt(1 + (e/delta)²) - 1), e = output - target (Charbonnier et al. 1997).",
            List.of(DELTA),
            settings -> new {{class}}(settings.get(DELTA)));

    private final double delta;

    {{class}}(double delta) {
        this.delta = delta;
    }

    @Override
    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
        double count = (double) batch * width;
        double total = 0;
        for (int row = 0; row < batch; row++) {
            int label = targets.labels() == null ? -1 : label(targets.labels(), row, width);
            for (int j = 0; j < width; j++) {
                int at = row * width + j;
                double target = label < 0 ? targets.values()[at] : j == label ? 1 : 0;
                double error = output[at] - target;
                double root = Math.sqrt(1 + (error / delta) * (error / delta));
                // delta²·(root − 1) in a form that keeps its digits where the error is small.
                total += error * error / (1 + root);
                if (gradient != null) {
                    gradient[at] = (float) (error / root / count);
                }
            }
        }
        return total / count;
    }

    private static int label(int[] labels, int row, int classes) {
        int label = labels[row];
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "row " + row + " of the batch: label " + label + " is not a class in [0, " + classes + ")");
        }
        return label;
    }

    @Override
    public boolean regression() {
        return true;
    }
}

package dev.nurture.plugins.losses;

import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;

/**
 * The loss of a multiclass support vector machine, averaged over rows: {@code Σ max(0, s_j − s_label + margin)} over the
 * other classes {@code j}. J. Weston and C. Watkins, "Support vector machines for multi-class pattern recognition", ESANN
 * 1999; without the bias, as CS231n has it.
 */
record Hinge(double margin) implements Loss {
    @Override
    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
        int[] labels = Labels.required(targets, "hinge");
        float share = (float) (1.0 / batch);
        double total = 0;
        for (int row = 0; row < batch; row++) {
            int label = Labels.checked(labels, row, width);
            int start = row * width;
            double right = output[start + label];
            int violations = 0;
            for (int j = 0; j < width; j++) {
                double score = output[start + j];
                double excess = score - right + margin;
                // 0 · score is 0, unless the score is not finite: then it is NaN.
                total += 0 * score;
                boolean violated = excess > 0 && j != label;
                if (violated) {
                    total += excess;
                    violations++;
                }
                if (gradient != null) {
                    gradient[start + j] = violated ? share : 0f;
                }
            }
            if (gradient != null) {
                gradient[start + label] = (float) (-violations / (double) batch);
            }
        }
        return total / batch;
    }

    /** Returns margin · (width − 1): every other class is as good as the right one. */
    @Override
    public double initial(int width) {
        return margin * (width - 1);
    }
}

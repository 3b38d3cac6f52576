package dev.nurture.plugins.losses;

import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;

/**
 * The mean over all {@code batch · width} values of {@code ½e²} where {@code |e| ≤ delta} and {@code delta(|e| − ½delta)}
 * beyond, {@code e = output − target}: outliers pull with a constant force. Classes as targets count as 1 on the label and
 * 0 elsewhere. P. Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35 (1964).
 */
record Huber(double delta) implements Loss {
    @Override
    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
        double count = (double) batch * width;
        double total = 0;
        for (int row = 0; row < batch; row++) {
            for (int j = 0; j < width; j++) {
                double error = Residual.of(output, targets, row, j, width);
                double near = Math.max(-delta, Math.min(delta, error));
                // ½e² when near is the error itself, otherwise delta·|e| − ½delta².
                total += near * (error - 0.5 * near);
                if (gradient != null) {
                    gradient[row * width + j] = (float) (near / count);
                }
            }
        }
        return total / count;
    }

    @Override
    public boolean regression() {
        return true;
    }
}

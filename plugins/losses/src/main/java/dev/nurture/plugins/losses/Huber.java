package dev.nurture.plugins.losses;

import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;

/**
 * The mean over all {@code batch · width} values of {@code ½e²} where {@code |e| ≤ delta} and {@code delta(|e| − ½delta)}
 * beyond, {@code e = output − target}: outliers pull with a constant force. Classes as targets count as 1 on the label and
 * 0 elsewhere. P. Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35 (1964).
 *
 * @param scale a factor before all of it
 */
record Huber(double delta, double scale) implements Loss {
    Huber(double delta) {
        this(delta, 1);
    }

    /** Returns the mean of {@code e²}, without a factor ½; its gradient is {@code 2e / (batch · width)}. */
    static Huber meanSquaredError() {
        return new Huber(Double.POSITIVE_INFINITY, 2);
    }

    @Override
    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
        double factor = scale / ((double) batch * width);
        double total = 0;
        for (int row = 0; row < batch; row++) {
            int label = targets.labels() == null ? -1 : Labels.checked(targets.labels(), row, width);
            for (int j = 0; j < width; j++) {
                int at = row * width + j;
                double target = label < 0 ? targets.values()[at] : j == label ? 1 : 0;
                double error = output[at] - target;
                double near = Math.max(-delta, Math.min(delta, error));
                // ½e² when near is the error itself, otherwise delta·|e| − ½delta².
                total += near * (error - 0.5 * near);
                if (gradient != null) {
                    gradient[at] = (float) (near * factor);
                }
            }
        }
        return total * factor;
    }

    @Override
    public boolean regression() {
        return true;
    }
}

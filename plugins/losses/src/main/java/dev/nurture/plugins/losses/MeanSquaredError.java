package dev.nurture.plugins.losses;

import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;

/**
 * The mean of {@code (output − target)²} over all {@code batch · width} values, without a factor ½; its gradient is {@code
 * 2(output − target) / (batch · width)}. Classes as targets count as 1 on the label and 0 elsewhere.
 */
final class MeanSquaredError implements Loss {
    @Override
    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
        double count = (double) batch * width;
        double total = 0;
        for (int row = 0; row < batch; row++) {
            for (int j = 0; j < width; j++) {
                double error = Residual.of(output, targets, row, j, width);
                total += error * error;
                if (gradient != null) {
                    gradient[row * width + j] = (float) (2 * error / count);
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

package dev.nurture.faults.parts;

import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;

/** Softmax cross-entropy that is not quite it. */
final class CrossEntropy implements Loss {
    private final boolean summed;
    private final int sign;

    private CrossEntropy(boolean summed, int sign) {
        this.summed = summed;
        this.sign = sign;
    }

    static Loss summed() {
        return new CrossEntropy(true, 1);
    }

    static Loss flipped() {
        return new CrossEntropy(false, -1);
    }

    @Override
    public double initial(int width) {
        return Math.log(width);
    }

    @Override
    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
        double scale = summed ? 1 : 1.0 / batch;
        double loss = 0;
        for (int row = 0; row < batch; row++) {
            int from = row * width;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < width; j++) {
                greatest = Math.max(greatest, output[from + j]);
            }
            double sum = 0;
            for (int j = 0; j < width; j++) {
                sum += Math.exp(output[from + j] - greatest);
            }
            int label = targets.labels()[row];
            loss += greatest + Math.log(sum) - output[from + label];
            for (int j = 0; j < width && gradient != null; j++) {
                double share = Math.exp(output[from + j] - greatest) / sum;
                gradient[from + j] = (float) (sign * scale * (share - (j == label ? 1 : 0)));
            }
        }
        return scale * loss;
    }
}

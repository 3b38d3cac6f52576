package dev.nurture.plugins.losses;

import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;

/**
 * The cross-entropy between softmax probabilities {@code p} and targets {@code q}, averaged over rows: {@code −Σ q ln p}.
 * {@code q} is {@code (1 − smoothing)} on the label plus {@code smoothing / width} everywhere (C. Szegedy et al.,
 * "Rethinking the inception architecture for computer vision", CVPR 2016). The gradient is {@code (p − q) / batch}.
 *
 * <p>The greatest output is subtracted from all before exponents are taken, so outputs of any size are safe.
 */
record SoftmaxCrossEntropy(double smoothing) implements Loss {
    @Override
    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
        int[] labels = Labels.required(targets, "softmax_cross_entropy");
        double total = 0;
        for (int row = 0; row < batch; row++) {
            int label = Labels.checked(labels, row, width);
            int start = row * width;
            int end = start + width;
            double greatest = greatest(output, start, end);
            double exponentials = 0;
            double differences = 0;
            for (int i = start; i < end; i++) {
                double difference = output[i] - greatest;
                double exponential = Math.exp(difference);
                exponentials += exponential;
                differences += difference;
                if (gradient != null) {
                    gradient[i] = (float) exponential;
                }
            }
            // Without smoothing the last term is 0, unless an output is not finite: then it is NaN.
            total += Math.log(exponentials)
                    - (1 - smoothing) * (output[start + label] - greatest)
                    - smoothing * (differences / width);
            if (gradient != null) {
                double scale = 1 / (exponentials * batch);
                double everywhere = smoothing / width / batch;
                for (int i = start; i < end; i++) {
                    gradient[i] = (float) (gradient[i] * scale - everywhere);
                }
                double onLabel = Math.exp(output[start + label] - greatest) * scale;
                gradient[start + label] = (float) (onLabel - everywhere - (1 - smoothing) / batch);
            }
        }
        return total / batch;
    }

    private static double greatest(float[] output, int start, int end) {
        float greatest = output[start];
        for (int i = start + 1; i < end; i++) {
            greatest = Math.max(greatest, output[i]);
        }
        return greatest;
    }

    @Override
    public void predict(float[] output, int batch, int width) {
        for (int row = 0; row < batch; row++) {
            int start = row * width;
            int end = start + width;
            double greatest = greatest(output, start, end);
            double exponentials = 0;
            for (int i = start; i < end; i++) {
                exponentials += Math.exp(output[i] - greatest);
            }
            for (int i = start; i < end; i++) {
                output[i] = (float) (Math.exp(output[i] - greatest) / exponentials);
            }
        }
    }

    /** Returns ln width: equal outputs are equal probabilities, with smoothing and without. */
    @Override
    public double initial(int width) {
        return Math.log(width);
    }
}

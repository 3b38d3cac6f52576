package dev.nurture.plugins.activations;

import dev.nurture.spi.Activation;

/**
 * The leaky rectifier {@code y = max(slope · x, x)}. A. Maas, A. Hannun and A. Ng, "Rectifier nonlinearities improve
 * neural network acoustic models", ICML 2013.
 */
final class LeakyRelu implements Activation {
    private final float slope;

    /** @param slope in (0, 1]; 0 is a {@link Relu}, where an infinite x must not meet it in a product */
    LeakyRelu(float slope) {
        this.slope = slope;
    }

    @Override
    public void forward(float[] x, float[] y, int from, int to) {
        float slope = this.slope;
        for (int i = from; i < to; i++) {
            y[i] = Math.max(slope * x[i], x[i]);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        float slope = this.slope;
        for (int i = from; i < to; i++) {
            dx[i] = dy[i] * Math.max(slope, Branchless.step(y[i]));
        }
    }
}

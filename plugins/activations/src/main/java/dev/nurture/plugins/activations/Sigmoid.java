package dev.nurture.plugins.activations;

import dev.nurture.spi.Activation;

/** The logistic function {@code y = 1 / (1 + e^−x)}; saturates at 0 and 1, and is not zero-centred. */
final class Sigmoid implements Activation {
    @Override
    public void forward(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Branchless.sigmoid(x[i]);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        for (int i = from; i < to; i++) {
            dx[i] = dy[i] * (y[i] * (1f - y[i]));
        }
    }
}

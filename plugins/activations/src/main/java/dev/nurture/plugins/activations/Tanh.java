package dev.nurture.plugins.activations;

import dev.nurture.spi.Activation;

/** The hyperbolic tangent; saturates at −1 and 1. */
final class Tanh implements Activation {
    @Override
    public void forward(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Branchless.tanh(x[i]);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        for (int i = from; i < to; i++) {
            dx[i] = dy[i] * ((1f - y[i]) * (1f + y[i]));
        }
    }
}

package dev.nurture.faults.parts;

import dev.nurture.spi.Activation;

/** Activations that are wrong. */
final class Elementwise implements Activation {
    private final float above;
    private final float slope;

    private Elementwise(float above, float slope) {
        this.above = above;
        this.slope = slope;
    }

    static Activation bent() {
        return new Elementwise(1, 1.3f);
    }

    static Activation blind() {
        return new Elementwise(0, 0);
    }

    @Override
    public void forward(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = x[i] > 0 ? above * x[i] : x[i] * 0;
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        for (int i = from; i < to; i++) {
            dx[i] = x[i] > 0 ? slope * dy[i] : 0;
        }
    }
}

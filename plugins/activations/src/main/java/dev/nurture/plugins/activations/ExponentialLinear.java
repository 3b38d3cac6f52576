package dev.nurture.plugins.activations;

import dev.nurture.spi.Activation;

/**
 * The exponential linear unit, {@code y = scale · x} for {@code x > 0} and {@code scale · alpha · (e^x − 1)} otherwise.
 *
 * <p>ELU has scale 1: D. Clevert, T. Unterthiner and S. Hochreiter, "Fast and accurate deep network learning by
 * exponential linear units", ICLR 2016. SELU has the two constants that make mean 0 and variance 1 a fixed point: G.
 * Klambauer et al., "Self-normalizing neural networks", NIPS 2017.
 */
final class ExponentialLinear implements Activation {
    private final float scale;
    private final float floor;

    ExponentialLinear(double alpha, double scale) {
        this.scale = (float) scale;
        this.floor = (float) (scale * alpha);
    }

    static ExponentialLinear selu() {
        return new ExponentialLinear(1.6732632423543772, 1.0507009873554805);
    }

    @Override
    public void forward(float[] x, float[] y, int from, int to) {
        float scale = this.scale;
        float floor = this.floor;
        for (int i = from; i < to; i++) {
            y[i] = scale * Math.max(0f, x[i]) + floor * Branchless.expm1(Math.min(0f, x[i]));
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        float scale = this.scale;
        float floor = this.floor;
        for (int i = from; i < to; i++) {
            float step = Branchless.step(y[i]);
            dx[i] = dy[i] * (scale * step + (1f - step) * (floor + Math.min(0f, y[i])));
        }
    }
}

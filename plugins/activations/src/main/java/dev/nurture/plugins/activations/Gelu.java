package dev.nurture.plugins.activations;

import dev.nurture.spi.Activation;

/**
 * The Gaussian error linear unit {@code y = x · Φ(x)}, {@code Φ(x) = ½(1 + erf(x/√2))}: the exact form, not the one by
 * tanh, which differs by up to 5e-4. D. Hendrycks and K. Gimpel, "Gaussian error linear units", arXiv:1606.08415 (2016).
 */
final class Gelu implements Activation {
    /** Where {@code erf(x/√2)} is 1 in float. */
    private static final float ERF_ONE = 5.6f;

    /** Where the derivative's odd part is ½ in float; a number on which the fit gives just that. */
    private static final float SLOPE_ONE = 5.99985f;

    @Override
    public void forward(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            // The factor is cut too, so that minus infinity gives -0.
            y[i] = Math.max(-ERF_ONE, x[i]) * (0.5f + 0.5f * erf(x[i]));
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        for (int i = from; i < to; i++) {
            dx[i] = dy[i] * (0.5f + slope(x[i]));
        }
    }

    /** Returns {@code erf(v/√2)}; absolute error below 5e-7. */
    private static float erf(float v) {
        float x = Math.max(-ERF_ONE, Math.min(ERF_ONE, v));
        float t = x * x;
        float numerator = 4.459434e-8f * t + 1.2579429e-5f;
        numerator = numerator * t + 3.3785544e-4f;
        numerator = numerator * t + 9.354682e-3f;
        numerator = numerator * t + 6.7857884e-2f;
        numerator = numerator * t + 0.7978845f;
        float denominator = 1.1796451e-6f * t + 7.334343e-5f;
        denominator = denominator * t + 1.8854836e-3f;
        denominator = denominator * t + 2.8677495e-2f;
        denominator = denominator * t + 0.25171357f;
        denominator = denominator * t + 1f;
        return Math.max(-1f, Math.min(1f, x * numerator / denominator));
    }

    /** Returns {@code Φ(v) − ½ + v · φ(v)}, φ the normal density; absolute error below 4e-7. */
    private static float slope(float v) {
        float x = Math.max(-SLOPE_ONE, Math.min(SLOPE_ONE, v));
        float t = x * x;
        float numerator = 1.6384485e-8f * t + 8.3305105e-7f;
        numerator = numerator * t + 3.40757e-5f;
        numerator = numerator * t + 1.6895335e-4f;
        numerator = numerator * t + 1.3930442e-2f;
        numerator = numerator * t - 2.4241833e-2f;
        numerator = numerator * t + 0.7978845f;
        float denominator = 1.2967192e-9f * t + 3.1451069e-7f;
        denominator = denominator * t + 9.8650726e-6f;
        denominator = denominator * t + 2.3686232e-4f;
        denominator = denominator * t + 3.875267e-3f;
        denominator = denominator * t + 4.3443546e-2f;
        denominator = denominator * t + 0.30295041f;
        denominator = denominator * t + 1f;
        return x * numerator / denominator;
    }
}

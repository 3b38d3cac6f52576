package dev.nurture.plugins.activations;

/**
 * Elementary functions of multiply-adds, {@code Math.min} and {@code Math.max} alone, for loops that C2 is to vectorise:
 * bit casts, conversions to {@code int} and calls of {@code Math.exp} would keep it from that (JDK 17). So would a long
 * body: from somewhere above forty operations on, a loop is not unrolled and therefore not vectorised (ten times slower).
 *
 * <p>NaN in gives NaN out. The polynomials and rational functions are minimax fits (Lawson's iteration in double
 * precision) made for these ranges; the errors stated are measured in float against {@link Math}.
 */
final class Branchless {
    /** 1.5 · 2²³: adding and taking it away rounds to a whole number. */
    private static final float ROUND = 12_582_912f;

    private static final float LOG2_E = 1.442695f;

    /** Where {@link #sigmoid} is 1 in float. */
    private static final float SIGMOID_ONE = 18f;

    /** Where {@link #tanh} is 1 in float. */
    private static final float TANH_ONE = 9.13f;

    private Branchless() {}

    /** Returns 1 where {@code v > 0}, however small or great, otherwise 0; exact. */
    static float step(float v) {
        // Twice, because 1e38 alone leaves the smallest numbers below 1.
        return Math.min(1f, Math.max(0f, v) * 1e38f * 1e38f);
    }

    /**
     * Returns {@code e^v} for {@code v ≤ 24}. Relative error below 2.5e-7 + 7e-8 · |v| and absolute error, far out, below
     * 1.2e-38; 0 from −87.34 down.
     *
     * <p>{@code e^v = 2^m · 2^f}, {@code m} whole. A cubic, squared six times, gives a number between 1 and 2 times
     * {@code 2^m}; {@code q − q(1 − 2⁻²⁴)} with {@code q = (2²³ + 1)g} cuts that to the power of two itself (S. Rump,
     * "Ultimately fast accurate summation", SIAM J. Sci. Comput. 31, 2009, algorithm 3.5).
     */
    static float exp(float v) {
        float t = Math.max(-126f, v * LOG2_E);
        float m = (t + ROUND) - ROUND;
        float f = t - m;
        float p = 1.3264727e-3f * f + 9.671513e-3f;
        p = p * f + 5.5507336e-2f;
        p = p * f + 0.24022242f;
        p = p * f + 0.693147f;
        p = p * f + 1f;
        float g = 1.2581553e-7f * m + 5.5406988e-5f;
        g = g * m + 1.0954306e-2f;
        g = g * m + 1.0083733f;
        g = g * g;
        g = g * g;
        g = g * g;
        g = g * g;
        g = g * g;
        g = g * g;
        float q = g * 8_388_609f;
        float power = q - q * (1f - 0x1p-24f);
        return power * p - 0x1p-126f;
    }

    /**
     * Returns {@code e^v − 1} for {@code v ≤ 0}. Relative error below 4e-7, near 0 too; exactly −1 below −22.
     *
     * <p>{@code u → u(u + 2)} doubles the argument of {@code u = e^v − 1}, and makes a relative error smaller where
     * {@code u < 0}.
     */
    static float expm1(float v) {
        float x = Math.max(-22f, v) * 0x1p-6f;
        float u = x + x * x * (((7.2403755e-3f * x + 4.1354354e-2f) * x + 0.16663103f) * x + 0.49999872f);
        u = u * (u + 2f);
        u = u * (u + 2f);
        u = u * (u + 2f);
        u = u * (u + 2f);
        u = u * (u + 2f);
        return u * (u + 2f);
    }

    /** Returns {@code ln(1 + v)} for {@code 0 ≤ v ≤ 1} as {@code 2 artanh(v / (2 + v))}. Relative error below 3e-7. */
    static float log1p(float v) {
        float q = v / (2f + v);
        float z = q * q;
        return q * ((((0.28178334f * z + 0.279606f) * z + 0.4002491f) * z + 0.66666317f) * z + 2f);
    }

    /** Returns {@code 1 / (1 + e^−v)}. Relative error below 4e-7 + 7e-8 · |v| for {@code v < 0}, 3e-7 above; 1 from 18 on. */
    static float sigmoid(float v) {
        float e = exp(Math.min(SIGMOID_ONE, v));
        return e / (1f + e);
    }

    /** Returns {@code tanh v}. Relative error below 4e-7; exactly ±1 from ±9.13 on. */
    static float tanh(float v) {
        float x = Math.max(-TANH_ONE, Math.min(TANH_ONE, v));
        float t = x * x;
        float numerator = 1.3318778e-8f * t + 2.0583264e-5f;
        numerator = numerator * t + 3.4940212e-3f;
        numerator = numerator * t + 0.13379706f;
        numerator = numerator * t + 1f;
        float denominator = 7.761897e-7f * t + 3.283071e-4f;
        denominator = denominator * t + 2.5871024e-2f;
        denominator = denominator * t + 0.4671302f;
        denominator = denominator * t + 1f;
        return Math.max(-1f, Math.min(1f, x * numerator / denominator));
    }
}

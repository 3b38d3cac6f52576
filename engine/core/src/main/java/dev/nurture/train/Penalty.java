package dev.nurture.train;

/** Kernels over a range of a weight. Sums run in eight lanes, and in double precision every thousand values. */
final class Penalty {
    private static final int BLOCK = 1024;

    private Penalty() {}

    /** Adds {@code l1·sign(w) + l2·w} to {@code g} and returns {@code l1·Σ|w| + ½·l2·Σw²}, over a range. */
    static double add(float[] w, float[] g, float l1, float l2, int from, int to) {
        double absolutes = 0;
        if (l1 != 0) {
            for (int i = from; i < to; i++) {
                g[i] += l1 * Math.signum(w[i]);
            }
            for (int i = from; i < to; i++) {
                absolutes += Math.abs(w[i]);
            }
        }
        if (l2 == 0) {
            return l1 * absolutes;
        }
        for (int i = from; i < to; i++) {
            g[i] += l2 * w[i];
        }
        return l1 * absolutes + 0.5 * l2 * sumOfSquares(w, from, to);
    }

    /** Returns {@code Σa²} over a range. */
    static double sumOfSquares(float[] a, int from, int to) {
        double sum = 0;
        for (int start = from; start < to; start += BLOCK) {
            sum += blockOfSquares(a, start, Math.min(to, start + BLOCK));
        }
        return sum;
    }

    private static double blockOfSquares(float[] a, int from, int to) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = from;
        for (; i + 7 < to; i += 8) {
            s0 += a[i] * a[i];
            s1 += a[i + 1] * a[i + 1];
            s2 += a[i + 2] * a[i + 2];
            s3 += a[i + 3] * a[i + 3];
            s4 += a[i + 4] * a[i + 4];
            s5 += a[i + 5] * a[i + 5];
            s6 += a[i + 6] * a[i + 6];
            s7 += a[i + 7] * a[i + 7];
        }
        for (; i < to; i++) {
            s0 += a[i] * a[i];
        }
        return (double) ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}

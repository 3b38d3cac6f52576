package dev.nurture.plugins.normalizations;

/**
 * Sums and maps over a run of values. Sums take eight accumulators in float and go on in double every {@value #BLOCK}
 * values: as fast as memory, and exact to a few units in the last place of a float however long the run.
 */
final class Runs {
    private static final int BLOCK = 2_048;

    private Runs() {}

    /** Returns Σ x[i]. */
    static double sum(float[] x, int from, int to) {
        double total = 0;
        for (int begin = from; begin < to; begin += BLOCK) {
            int end = Math.min(to, begin + BLOCK);
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            float e = 0;
            float f = 0;
            float g = 0;
            float h = 0;
            int i = begin;
            for (; i < end - 7; i += 8) {
                a += x[i];
                b += x[i + 1];
                c += x[i + 2];
                d += x[i + 3];
                e += x[i + 4];
                f += x[i + 5];
                g += x[i + 6];
                h += x[i + 7];
            }
            for (; i < end; i++) {
                a += x[i];
            }
            total += (double) ((a + b) + (c + d)) + ((e + f) + (g + h));
        }
        return total;
    }

    /** Returns Σ (x[i] - mean)². */
    static double centredSquares(float[] x, float mean, int from, int to) {
        double total = 0;
        for (int begin = from; begin < to; begin += BLOCK) {
            int end = Math.min(to, begin + BLOCK);
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            float e = 0;
            float f = 0;
            float g = 0;
            float h = 0;
            int i = begin;
            for (; i < end - 7; i += 8) {
                a += (x[i] - mean) * (x[i] - mean);
                b += (x[i + 1] - mean) * (x[i + 1] - mean);
                c += (x[i + 2] - mean) * (x[i + 2] - mean);
                d += (x[i + 3] - mean) * (x[i + 3] - mean);
                e += (x[i + 4] - mean) * (x[i + 4] - mean);
                f += (x[i + 5] - mean) * (x[i + 5] - mean);
                g += (x[i + 6] - mean) * (x[i + 6] - mean);
                h += (x[i + 7] - mean) * (x[i + 7] - mean);
            }
            for (; i < end; i++) {
                a += (x[i] - mean) * (x[i] - mean);
            }
            total += (double) ((a + b) + (c + d)) + ((e + f) + (g + h));
        }
        return total;
    }

    /** Returns Σ w[i] · (x[i] - mean). */
    static double centredProducts(float[] w, float[] x, float mean, int from, int to) {
        double total = 0;
        for (int begin = from; begin < to; begin += BLOCK) {
            int end = Math.min(to, begin + BLOCK);
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            float e = 0;
            float f = 0;
            float g = 0;
            float h = 0;
            int i = begin;
            for (; i < end - 7; i += 8) {
                a += w[i] * (x[i] - mean);
                b += w[i + 1] * (x[i + 1] - mean);
                c += w[i + 2] * (x[i + 2] - mean);
                d += w[i + 3] * (x[i + 3] - mean);
                e += w[i + 4] * (x[i + 4] - mean);
                f += w[i + 5] * (x[i + 5] - mean);
                g += w[i + 6] * (x[i + 6] - mean);
                h += w[i + 7] * (x[i + 7] - mean);
            }
            for (; i < end; i++) {
                a += w[i] * (x[i] - mean);
            }
            total += (double) ((a + b) + (c + d)) + ((e + f) + (g + h));
        }
        return total;
    }

    /** Computes y[i] = (x[i] - mean) · factor + constant. */
    static void map(float[] x, float mean, float factor, float constant, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = (x[i] - mean) * factor + constant;
        }
    }

    /** Computes z[i] = a[i] · factor + (x[i] - mean) · slope + constant. */
    static void combine(
            float[] a, float factor, float[] x, float mean, float slope, float constant, float[] z, int from, int to) {
        for (int i = from; i < to; i++) {
            z[i] = a[i] * factor + (x[i] - mean) * slope + constant;
        }
    }
}

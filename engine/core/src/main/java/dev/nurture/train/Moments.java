package dev.nurture.train;

/** Sums over many values, a thread each: mean, deviation, magnitude. Reused, so that nothing is allocated while training. */
final class Moments {
    private long count;
    private double sum;
    private double squares;
    private double magnitudes;

    void reset() {
        count = 0;
        sum = 0;
        squares = 0;
        magnitudes = 0;
    }

    /** Adds the values of a range. */
    void add(float[] values, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double q0 = 0;
        double q1 = 0;
        double m0 = 0;
        double m1 = 0;
        int i = from;
        for (; i + 1 < to; i += 2) {
            double a = values[i];
            double b = values[i + 1];
            s0 += a;
            s1 += b;
            q0 += a * a;
            q1 += b * b;
            m0 += Math.abs(a);
            m1 += Math.abs(b);
        }
        if (i < to) {
            double a = values[i];
            s0 += a;
            q0 += a * a;
            m0 += Math.abs(a);
        }
        count += to - from;
        sum += s0 + s1;
        squares += q0 + q1;
        magnitudes += m0 + m1;
    }

    double mean() {
        return sum / count;
    }

    /** Returns the standard deviation, of the values themselves. */
    double std() {
        return Math.sqrt(Math.max(0, squares / count - mean() * mean()));
    }

    double meanMagnitude() {
        return magnitudes / count;
    }

    /** Returns the Euclidean norm. */
    double norm() {
        return Math.sqrt(squares);
    }
}

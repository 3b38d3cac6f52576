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
        double s2 = 0;
        double s3 = 0;
        double q0 = 0;
        double q1 = 0;
        double q2 = 0;
        double q3 = 0;
        double m0 = 0;
        double m1 = 0;
        double m2 = 0;
        double m3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            double a = values[i];
            double b = values[i + 1];
            double c = values[i + 2];
            double d = values[i + 3];
            s0 += a;
            s1 += b;
            s2 += c;
            s3 += d;
            q0 += a * a;
            q1 += b * b;
            q2 += c * c;
            q3 += d * d;
            m0 += Math.abs(a);
            m1 += Math.abs(b);
            m2 += Math.abs(c);
            m3 += Math.abs(d);
        }
        for (; i < to; i++) {
            double a = values[i];
            s0 += a;
            q0 += a * a;
            m0 += Math.abs(a);
        }
        count += to - from;
        sum += s0 + s1 + (s2 + s3);
        squares += q0 + q1 + (q2 + q3);
        magnitudes += m0 + m1 + (m2 + m3);
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
}

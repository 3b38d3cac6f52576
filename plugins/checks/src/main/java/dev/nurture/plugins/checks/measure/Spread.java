package dev.nurture.plugins.checks.measure;

/**
 * Mean and standard deviation of some values.
 *
 * @param std of the values themselves, not an estimate
 */
public record Spread(double mean, double std) {
    /** Returns that of the first values. */
    public static Spread of(float[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return new Spread(mean, Math.sqrt(squares / count));
    }

    /** Returns the Euclidean norm. */
    public static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}

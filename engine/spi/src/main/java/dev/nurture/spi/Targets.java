package dev.nurture.spi;

/**
 * What the network should answer for each row: a class, or values.
 *
 * @param labels classes in [0, width), or null for regression
 * @param values {@code width} values a row, or null for classification
 */
public record Targets(int[] labels, float[] values) {
    public static Targets classes(int[] labels) {
        return new Targets(labels, null);
    }

    public static Targets values(float[] values) {
        return new Targets(null, values);
    }
}

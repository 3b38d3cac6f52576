package dev.nurture.spi;

import java.util.List;
import java.util.Objects;

/**
 * Rows with their targets, in memory. The arrays are shared, not copied; who makes a data set gives them away.
 *
 * @param shape of a row
 * @param x {@code rows · shape.size()} values, row after row
 * @param labels a class in [0, classes) a row, or null for regression
 * @param values {@code rows · width} targets, or null for classification
 * @param width classes, or targets a row
 * @param classNames a name a class, or empty
 */
public record Dataset(Shape shape, float[] x, int[] labels, float[] values, int width, List<String> classNames) {
    public Dataset {
        Objects.requireNonNull(shape, "shape");
        classNames = List.copyOf(classNames);
        if ((labels == null) == (values == null)) {
            throw new IllegalArgumentException("a data set has either labels or values");
        }
        int rows = labels != null ? labels.length : values.length / width;
        if (x.length != Math.multiplyExact((long) rows, shape.size())) {
            throw new IllegalArgumentException(x.length + " input values for " + rows + " rows of " + shape.size());
        }
    }

    public static Dataset classification(Shape shape, float[] x, int[] labels, int classes, List<String> classNames) {
        return new Dataset(shape, x, labels, null, classes, classNames);
    }

    public static Dataset regression(Shape shape, float[] x, float[] values, int width) {
        return new Dataset(shape, x, null, values, width, List.of());
    }

    public int rows() {
        return labels != null ? labels.length : values.length / width;
    }

    public boolean classification() {
        return labels != null;
    }

    /** Returns these rows, copied, in the order given. */
    public Dataset select(int[] rows) {
        int size = shape.size();
        float[] someX = new float[Math.multiplyExact(rows.length, size)];
        int[] someLabels = labels == null ? null : new int[rows.length];
        float[] someValues = values == null ? null : new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x, rows[i] * size, someX, i * size, size);
            if (labels != null) {
                someLabels[i] = labels[rows[i]];
            } else {
                System.arraycopy(values, rows[i] * width, someValues, i * width, width);
            }
        }
        return new Dataset(shape, someX, someLabels, someValues, width, classNames);
    }
}

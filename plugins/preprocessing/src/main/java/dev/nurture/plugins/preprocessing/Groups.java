package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;

/**
 * Values of a row that share a statistic, which lie side by side: each value by itself, the values of a channel, or all.
 */
final class Groups {
    private final int size;
    private final int length;
    private final Shape shape;

    private Groups(int size, int length, Shape shape) {
        this.size = size;
        this.length = length;
        this.shape = shape;
    }

    static Groups features(Shape row) {
        return new Groups(row.size(), 1, row);
    }

    static Groups channels(Shape row) {
        return new Groups(row.size(), row.plane(), Shape.of(row.channels()));
    }

    static Groups whole(Shape row) {
        return new Groups(row.size(), row.size(), Shape.of(1));
    }

    /** Returns the shape of a statistic, one value a group. */
    Shape shape() {
        return shape;
    }

    /**
     * Returns each group's mean over all rows.
     *
     * @throws IllegalArgumentException if there are no rows, or a value is not finite
     */
    double[] mean(Dataset data) {
        if (data.rows() == 0) {
            throw new IllegalArgumentException("there are no training rows to fit on");
        }
        double[] sums = new double[size];
        float[] x = data.x();
        for (int row = 0; row < data.rows(); row++) {
            for (int j = 0; j < size; j++) {
                sums[j] += x[row * size + j];
            }
        }
        double[] means = overGroups(sums, data.rows());
        for (double mean : means) {
            if (!Double.isFinite(mean)) {
                throw notFinite(data);
            }
        }
        return means;
    }

    /** Returns each group's biased variance about its mean. */
    double[] variance(Dataset data, double[] mean) {
        double[] sums = new double[size];
        float[] x = data.x();
        for (int row = 0; row < data.rows(); row++) {
            for (int j = 0; j < size; j++) {
                double deviation = x[row * size + j] - mean[j / length];
                sums[j] += deviation * deviation;
            }
        }
        return overGroups(sums, data.rows());
    }

    /** Writes each group's value to all of its places in a row. */
    void spread(float[] values, float[] row) {
        for (int j = 0; j < size; j++) {
            row[j] = values[j / length];
        }
    }

    private double[] overGroups(double[] sums, int rows) {
        double[] means = new double[shape.size()];
        for (int j = 0; j < size; j++) {
            means[j / length] += sums[j];
        }
        for (int i = 0; i < means.length; i++) {
            means[i] /= (double) rows * length;
        }
        return means;
    }

    private IllegalArgumentException notFinite(Dataset data) {
        int at = 0;
        while (Float.isFinite(data.x()[at])) {
            at++;
        }
        return new IllegalArgumentException("training row " + at / size + " holds " + data.x()[at] + " as its value "
                + at % size + " (both counted from 0); preprocessing can only be fitted on finite values");
    }
}

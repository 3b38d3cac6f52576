package dev.nurture.plugins.checks.data;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.util.Arrays;

/** Means, deviations and constancy of each feature of some rows: a pixel of a channel, or a column. */
final class FeatureStatistics {
    private final int rows;
    private final boolean pixels;
    private final double std;
    private final double offset;
    private final int inner;
    private final int constant;
    private final int constantChannels;
    private final int firstConstant;

    private FeatureStatistics(Dataset data) {
        Shape shape = data.shape();
        int size = shape.size();
        rows = data.rows();
        pixels = shape.rank() == 3 && shape.plane() > 1;
        double[] mean = new double[size];
        double[] squares = new double[size];
        float[] least = new float[size];
        float[] greatest = new float[size];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < size; j++) {
                float value = data.x()[row * size + j];
                mean[j] += value;
                squares[j] += (double) value * value;
                least[j] = Math.min(least[j], value);
                greatest[j] = Math.max(greatest[j], value);
            }
        }
        double variance = 0;
        for (int j = 0; j < size; j++) {
            mean[j] /= rows;
            variance += Math.max(0, squares[j] / rows - mean[j] * mean[j]);
        }
        std = Math.sqrt(variance / size);
        offset = pixels ? channelOffset(shape, mean, squares) : columnOffset(mean, squares);

        int innerCount = 0;
        int constantCount = 0;
        int first = -1;
        int[] moving = new int[pixels ? shape.channels() : 1];
        for (int j = 0; j < size; j++) {
            boolean still = least[j] == greatest[j];
            moving[pixels ? j / shape.plane() : 0] += still ? 0 : 1;
            if (pixels && border(shape, j)) {
                continue;
            }
            innerCount++;
            if (still) {
                first = first < 0 ? j : first;
                constantCount++;
            }
        }
        inner = innerCount;
        constant = constantCount;
        constantChannels =
                pixels ? (int) Arrays.stream(moving).filter(count -> count == 0).count() : 0;
        firstConstant = Math.max(0, first);
    }

    static FeatureStatistics of(Dataset data) {
        return new FeatureStatistics(data);
    }

    /** A quarter of the picture on each side: there, pictures of things are often blank. */
    private static boolean border(Shape shape, int index) {
        int height = shape.extent(1);
        int width = shape.extent(2);
        int row = index % shape.plane() / width;
        int column = index % width;
        return row < height / 4 || row >= height - height / 4 || column < width / 4 || column >= width - width / 4;
    }

    /** Returns the greatest distance of a channel's mean from zero, in its deviations. */
    private double channelOffset(Shape shape, double[] mean, double[] squares) {
        double greatest = 0;
        int plane = shape.plane();
        for (int channel = 0; channel < shape.channels(); channel++) {
            double sum = 0;
            double sumOfSquares = 0;
            for (int j = channel * plane; j < (channel + 1) * plane; j++) {
                sum += mean[j];
                sumOfSquares += squares[j] / rows;
            }
            double average = sum / plane;
            double deviation = Math.sqrt(Math.max(0, sumOfSquares / plane - average * average));
            greatest = Math.max(greatest, deviation > 0 ? Math.abs(average) / deviation : 0);
        }
        return greatest;
    }

    /** Returns the root mean square of the columns' distances from zero, in their deviations. */
    private double columnOffset(double[] mean, double[] squares) {
        double sum = 0;
        int columns = 0;
        for (int j = 0; j < mean.length; j++) {
            double variance = squares[j] / rows - mean[j] * mean[j];
            if (variance > 1e-12 * squares[j] / rows) {
                sum += mean[j] * mean[j] / variance;
                columns++;
            }
        }
        return columns == 0 ? 0 : Math.sqrt(sum / columns);
    }

    int rows() {
        return rows;
    }

    /** Tells whether the rows are pictures. */
    boolean pixels() {
        return pixels;
    }

    /** Returns the root mean square of the features' standard deviations. */
    double std() {
        return std;
    }

    /** Returns how far the features lie from zero, in standard deviations. */
    double offset() {
        return offset;
    }

    /** Returns how many features there are away from the border of a picture; all that are none. */
    int inner() {
        return inner;
    }

    /** Returns how many of these have one value in all rows. */
    int constant() {
        return constant;
    }

    /** Returns how many channels of a picture have not one pixel that changes. */
    int constantChannels() {
        return constantChannels;
    }

    int firstConstant() {
        return firstConstant;
    }
}

package dev.nurture.contracts;

import dev.nurture.spi.Shape;
import java.util.ArrayList;
import java.util.List;

/** A way to part the values of a batch into groups, and the statistics of each group. */
final class Grouping {
    private final String what;
    private final int[] groups;
    private final int count;

    private double distance;
    private double error;
    private double mean;
    private double square;

    /** Numbers the group that a value belongs to. */
    private interface Number {
        int of(int row, int channel, int pixel);
    }

    private Grouping(String what, Shape shape, int rows, Number number) {
        this.what = what;
        groups = new int[rows * shape.size()];
        int most = 0;
        for (int i = 0; i < groups.length; i++) {
            int inRow = i % shape.size();
            groups[i] = number.of(i / shape.size(), inRow / shape.plane(), inRow % shape.plane());
            most = Math.max(most, groups[i]);
        }
        count = most + 1;
    }

    /** Returns the groups of batch, layer, group and instance normalization and their relatives. */
    static List<Grouping> usual(Shape shape, int rows) {
        int channels = shape.channels();
        int plane = shape.plane();
        List<Grouping> usual = new ArrayList<>();
        usual.add(new Grouping("each channel of the batch", shape, rows, (row, channel, pixel) -> channel));
        usual.add(
                new Grouping("each value of the batch", shape, rows, (row, channel, pixel) -> channel * plane + pixel));
        usual.add(new Grouping("each pixel of a row", shape, rows, (row, channel, pixel) -> row * plane + pixel));
        for (int parts = 1; parts <= channels; parts++) {
            if (channels % parts == 0 && shape.size() > parts) {
                int each = channels / parts;
                int of = parts;
                String part = parts == 1
                        ? "each row"
                        : parts == channels ? "each channel of a row" : "each of " + parts + " groups of a row";
                usual.add(new Grouping(part, shape, rows, (row, channel, pixel) -> row * of + channel / each));
            }
        }
        return usual;
    }

    /** Takes the statistics of all groups, and keeps those of the one that is farthest from mean 0 and mean square 1. */
    void measure(float[] values) {
        double[] sums = new double[count];
        double[] squares = new double[count];
        int[] sizes = new int[count];
        for (int i = 0; i < groups.length; i++) {
            sums[groups[i]] += values[i];
            squares[groups[i]] += (double) values[i] * values[i];
            sizes[groups[i]]++;
        }
        error = -1;
        distance = 0;
        for (int i = 0; i < count; i++) {
            double groupMean = sums[i] / sizes[i];
            double groupSquare = squares[i] / sizes[i];
            double variance = groupSquare - groupMean * groupMean;
            distance = Math.max(distance, Math.abs(variance - 1));
            double groupError = Math.max(Math.abs(groupMean), Math.abs(groupSquare - 1));
            if (!(groupError <= error)) {
                error = groupError;
                mean = groupMean;
                square = groupSquare;
            }
        }
    }

    String what() {
        return what;
    }

    /** Returns the number of values of a group. */
    int size() {
        return groups.length / count;
    }

    /** Returns by how much the variance of a group about its own mean is off 1 at most. */
    double distance() {
        return distance;
    }

    double error() {
        return error;
    }

    double mean() {
        return mean;
    }

    double square() {
        return square;
    }
}

package dev.nurture.train;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Targets;

/** Counts right answers. */
public final class Accuracy {
    private Accuracy() {}

    /** Returns in how many rows the first of the largest outputs is the label's; 0 for regression. */
    public static int right(float[] output, Targets targets, int rows, int width) {
        if (targets.labels() == null) {
            return 0;
        }
        int right = 0;
        for (int row = 0; row < rows; row++) {
            int best = row * width;
            for (int i = best + 1; i < (row + 1) * width; i++) {
                if (output[i] > output[best]) {
                    best = i;
                }
            }
            if (best - row * width == targets.labels()[row]) {
                right++;
            }
        }
        return right;
    }

    /** Returns a count as a share of a data set's rows, or NaN where there are no classes. */
    public static double of(long right, Dataset data) {
        return data.classification() ? (double) right / data.rows() : Double.NaN;
    }
}

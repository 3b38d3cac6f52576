package dev.nurture.plugins.losses;

import dev.nurture.spi.Targets;

/** Reads class labels from targets. */
final class Labels {
    private Labels() {}

    /**
     * Returns the labels for a loss that needs them.
     *
     * @throws IllegalArgumentException if the targets are values
     */
    static int[] required(Targets targets, String loss) {
        if (targets.labels() == null) {
            throw new IllegalArgumentException("the loss '" + loss
                    + "' needs classes as targets, not values; for values" + " there are mean_squared_error and huber");
        }
        return targets.labels();
    }

    /**
     * Returns the label of a row.
     *
     * @throws IllegalArgumentException if it is no class
     */
    static int checked(int[] labels, int row, int classes) {
        int label = labels[row];
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "row " + row + " of the batch: label " + label + " is not a class in [0, " + classes + ")");
        }
        return label;
    }
}

package dev.nurture.plugins.losses;

import dev.nurture.spi.Targets;

/** How far an output is from its target. */
final class Residual {
    private Residual() {}

    /**
     * Returns output minus target of one value of a row.
     *
     * @throws IllegalArgumentException if the row's label is no class
     */
    static double of(float[] output, Targets targets, int row, int column, int width) {
        int at = row * width + column;
        double target = targets.labels() == null
                ? targets.values()[at]
                : Labels.checked(targets.labels(), row, width) == column ? 1 : 0;
        return output[at] - target;
    }
}

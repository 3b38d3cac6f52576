package dev.nurture.plugins.checks.measure;

import dev.nurture.spi.Rehearsal;

/** How much work a network is, estimated from its shapes: the same at every start, unlike a clock. */
public final class Effort {
    /** A training step passes forward once and backward twice, two operations a multiply-add. */
    private static final double OPERATIONS = 6;

    private Effort() {}

    /** Returns about how many operations a training step takes for each row. */
    public static double perRow(Rehearsal rehearsal) {
        double operations = 0;
        for (Rehearsal.LayerView layer : rehearsal.layers()) {
            double positions = layer.output().rank() == 3 ? layer.output().plane() : 1;
            operations += layer.output().size();
            for (Rehearsal.Tensor tensor : rehearsal.tensors()) {
                if (tensor.layer().equals(layer.name()) && tensor.regularized()) {
                    operations += tensor.values().length * positions;
                }
            }
        }
        return OPERATIONS * operations;
    }

    /**
     * Returns how many steps a budget allows.
     *
     * @param operations of the budget
     */
    public static int steps(Rehearsal rehearsal, int rows, double operations, int least, int most) {
        return (int) Math.max(least, Math.min(most, operations / (perRow(rehearsal) * rows)));
    }
}

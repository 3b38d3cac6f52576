package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;

/** An operation between each row and a statistic that holds one value a group. */
final class Broadcast {
    private final Groups groups;
    private final float[] statistic;
    private final Operation operation;
    private final float[] spread;
    private final float[][] scratch;
    private final RowTiles tiles;

    /** Changes a row in place; {@code other} is as long as the row. */
    interface Operation {
        void run(float[] row, float[] other);
    }

    Broadcast(Shape shape, Groups groups, float[] statistic, Operation operation, Variables variables) {
        this.groups = groups;
        this.statistic = statistic;
        this.operation = operation;
        spread = variables.scratch(shape.size());
        scratch = variables.perWorker(shape.size());
        tiles = new RowTiles(shape, this::row);
    }

    void run(float[] x, float[] y, int batch, Pass pass) {
        groups.spread(statistic, spread);
        tiles.run(x, y, batch, pass);
    }

    private void row(float[] x, float[] y, int from, int row, int worker) {
        // By way of a row of the worker's own, so that all arrays of the loop share an index and it is vectorised.
        float[] values = scratch[worker];
        System.arraycopy(x, from, values, 0, values.length);
        operation.run(values, spread);
        System.arraycopy(values, 0, y, from, values.length);
    }
}

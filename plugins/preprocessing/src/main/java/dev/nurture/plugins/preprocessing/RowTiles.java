package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;

/** Rows that keep their shape, taken one by one, so many a tile. */
final class RowTiles {
    private static final int VALUES_A_TILE = 16_384;

    private final int size;
    private final int rowsPerTile;
    private final Row work;
    private final Tile tile = this::tile;

    private float[] x;
    private float[] y;
    private int batch;

    /** What is done to one row: {@code x[from … from + size)} is read, {@code y[from … from + size)} written. */
    interface Row {
        void run(float[] x, float[] y, int from, int row, int worker);
    }

    RowTiles(Shape shape, Row work) {
        this.size = shape.size();
        this.rowsPerTile = Math.max(1, VALUES_A_TILE / size);
        this.work = work;
    }

    void run(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        this.batch = batch;
        pass.compute().run(Tile.count(batch, rowsPerTile), tile);
    }

    private void tile(int tile, int worker) {
        int end = Math.min(batch, (tile + 1) * rowsPerTile);
        for (int row = tile * rowsPerTile; row < end; row++) {
            work.run(x, y, row * size, row, worker);
        }
    }
}

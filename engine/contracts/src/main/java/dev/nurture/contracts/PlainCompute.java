package dev.nurture.contracts;

import dev.nurture.spi.Compute;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Tile;

/**
 * Matrix products as the definition writes them, summed in double precision, and tiles run one after the other, last
 * first or in an order drawn, and on changing workers: a layer whose result depends on either gives itself away.
 */
public class PlainCompute implements Compute {
    private static final long LAST_FIRST = 0;

    private final int workers;
    private final long order;

    /** Runs tiles last first. */
    public PlainCompute(int workers) {
        this(workers, LAST_FIRST);
    }

    /** @param order key of the order in which tiles run; 0 for last first */
    PlainCompute(int workers, long order) {
        this.workers = workers;
        this.order = order;
    }

    @Override
    public void run(int tiles, Tile tile) {
        if (order == LAST_FIRST) {
            for (int i = tiles - 1; i >= 0; i--) {
                tile.run(i, worker(i));
            }
            return;
        }
        int[] drawn = new int[tiles];
        KeyedRandom random = new KeyedRandom(order);
        for (int i = 0; i < tiles; i++) {
            int other = random.nextInt(i + 1);
            drawn[i] = drawn[other];
            drawn[other] = i;
        }
        for (int i : drawn) {
            tile.run(i, random.nextInt(workers));
        }
    }

    /** Returns a tile's worker: no order that a layer could rely on. */
    final int worker(int tile) {
        return (tile * 7 + 3) % workers;
    }

    @Override
    public final int workers() {
        return workers;
    }

    @Override
    public final void gemm(
            boolean transposeA,
            boolean transposeB,
            int rows,
            int columns,
            int inner,
            float alpha,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            float beta,
            float[] c,
            int cOffset,
            int cStride) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    double left = a[aOffset + (transposeA ? k * aStride + i : i * aStride + k)];
                    sum += left * b[bOffset + (transposeB ? j * bStride + k : k * bStride + j)];
                }
                int at = cOffset + i * cStride + j;
                c[at] = (float) (alpha * sum + (beta == 0 ? 0 : beta * (double) c[at]));
            }
        }
    }

    @Override
    public final void gemv(
            boolean transpose,
            int rows,
            int columns,
            float alpha,
            float[] a,
            int aOffset,
            int aStride,
            float[] x,
            int xOffset,
            float beta,
            float[] y,
            int yOffset) {
        int outputs = transpose ? columns : rows;
        int inputs = transpose ? rows : columns;
        for (int i = 0; i < outputs; i++) {
            double sum = 0;
            for (int k = 0; k < inputs; k++) {
                double left = a[aOffset + (transpose ? k * aStride + i : i * aStride + k)];
                sum += left * x[xOffset + k];
            }
            y[yOffset + i] = (float) (alpha * sum + (beta == 0 ? 0 : beta * (double) y[yOffset + i]));
        }
    }
}

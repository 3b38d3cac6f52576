package dev.nurture.contracts;

import dev.nurture.spi.Compute;
import dev.nurture.spi.Tile;

/**
 * Matrix products as the definition writes them, summed in double precision, and tiles run one after the other, last
 * first and on changing workers: a layer whose result depends on either gives itself away.
 */
public final class PlainCompute implements Compute {
    private final int workers;

    public PlainCompute(int workers) {
        this.workers = workers;
    }

    @Override
    public void run(int tiles, Tile tile) {
        for (int i = tiles - 1; i >= 0; i--) {
            tile.run(i, (i * 7 + 3) % workers);
        }
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void gemm(
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
    public void gemv(
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

package dev.nurture.compute;

import dev.ludovic.netlib.blas.BLAS;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Tile;

/**
 * The engine's workers and BLAS, as layers see them. BLAS stores matrices by columns: a row-major product {@code C =
 * A·B} is its {@code Cᵀ = Bᵀ·Aᵀ} on the same memory.
 */
public final class BlasCompute implements Compute {
    private final BLAS blas;
    private final Workers workers;

    public BlasCompute(BLAS blas, Workers workers) {
        this.blas = blas;
        this.workers = workers;
    }

    @Override
    public void run(int tiles, Tile tile) {
        workers.run(tiles, tile);
    }

    @Override
    public int workers() {
        return workers.count();
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
        blas.sgemm(
                transposeB ? "T" : "N",
                transposeA ? "T" : "N",
                columns,
                rows,
                inner,
                alpha,
                b,
                bOffset,
                bStride,
                a,
                aOffset,
                aStride,
                beta,
                c,
                cOffset,
                cStride);
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
        blas.sgemv(
                transpose ? "N" : "T", columns, rows, alpha, a, aOffset, aStride, x, xOffset, 1, beta, y, yOffset, 1);
    }
}

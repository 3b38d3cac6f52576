package dev.nurture.compute;

import dev.ludovic.netlib.blas.BLAS;
import dev.nurture.spi.Compute;
import dev.nurture.spi.RunListener.Counter;
import dev.nurture.spi.Tile;
import java.util.List;
import java.util.stream.Stream;

/**
 * The engine's workers and BLAS, as layers see them. BLAS stores matrices by columns: a row-major product {@code C =
 * A·B} is its {@code Cᵀ = Bᵀ·Aᵀ} on the same memory.
 */
public final class BlasCompute implements Compute {
    private final BLAS blas;
    private final Workers workers;
    private final CallMeter gemm = new CallMeter("gemm");
    private final CallMeter gemv = new CallMeter("gemv");

    public BlasCompute(BLAS blas, Workers workers) {
        this.blas = blas;
        this.workers = workers;
    }

    /** Returns what BLAS was called for, by operation. */
    public List<Counter> counters() {
        return Stream.of(gemm, gemv).flatMap(meter -> meter.counters().stream()).toList();
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
        long start = System.nanoTime();
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
        gemm.count(start, 2L * rows * columns * inner);
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
        long start = System.nanoTime();
        blas.sgemv(
                transpose ? "N" : "T", columns, rows, alpha, a, aOffset, aStride, x, xOffset, 1, beta, y, yOffset, 1);
        gemv.count(start, 2L * rows * columns);
    }
}

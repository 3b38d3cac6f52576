package dev.nurture.spi;

/**
 * What the engine lends a layer for heavy work: workers, and matrix products by BLAS on one thread each. Matrices are
 * row-major: element {@code (i, j)} of {@code a} is {@code a[offset + i · stride + j]}.
 */
public interface Compute {
    /**
     * Runs tiles {@code 0 … tiles-1}, each exactly once, and returns when all are done. Called from the training thread
     * alone; tiles do not call it again. A single tile runs on the caller. Allocates nothing.
     */
    void run(int tiles, Tile tile);

    /** Returns how many workers there are; tiles see worker numbers below this. */
    int workers();

    /**
     * Computes {@code c = alpha · op(a) · op(b) + beta · c}, where {@code op(a)} is {@code rows × inner} and {@code
     * op(b)} is {@code inner × columns}. With {@code beta = 0} the old content of {@code c} does not matter. Any thread.
     */
    void gemm(
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
            int cStride);

    /**
     * Computes {@code y = alpha · op(a) · x + beta · y} for a matrix {@code a} of {@code rows × columns} as stored and
     * contiguous vectors. Any thread.
     */
    void gemv(
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
            int yOffset);
}

package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Dataset;

/** The biased covariance of rows about their mean, summed in double precision, row after row. */
final class Covariance {
    /** Rows taken together: so many of them share one sweep over the matrix, which does not fit a cache. */
    private static final int ROWS = 64;

    /** Columns taken together: so many of all those rows stay in the second-level cache. */
    private static final int COLUMNS = 512;

    private Covariance() {}

    /** Returns the whole symmetric matrix. */
    static double[][] of(Dataset data, double[] mean) {
        int size = mean.length;
        double[][] covariance = new double[size][size];
        double[][] block = new double[ROWS][size];
        for (int first = 0; first < data.rows(); first += ROWS) {
            centre(data, first, mean, block);
            for (int column = 0; column < size; column += COLUMNS) {
                int end = Math.min(size, column + COLUMNS);
                for (int i = 0; i < end; i++) {
                    addProducts(covariance[i], block, i, Math.max(i, column), end);
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                covariance[i][j] /= data.rows();
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    /** Fills the block with rows less the mean; with zeros beyond the last. */
    private static void centre(Dataset data, int first, double[] mean, double[][] block) {
        int size = mean.length;
        float[] x = data.x();
        for (int r = 0; r < ROWS; r++) {
            boolean there = first + r < data.rows();
            for (int j = 0; j < size; j++) {
                block[r][j] = there ? x[(first + r) * size + j] - mean[j] : 0;
            }
        }
    }

    private static void addProducts(double[] sums, double[][] block, int i, int from, int to) {
        for (int r = 0; r < ROWS; r += 4) {
            addProducts(sums, block[r], block[r + 1], block[r + 2], block[r + 3], i, from, to);
        }
    }

    /**
     * Adds the products of value {@code i} of four rows with their other values: four to a load and a store. With eight
     * the compiler no longer vectorises the loop, which is then four times slower.
     */
    private static void addProducts(
            double[] sums, double[] r0, double[] r1, double[] r2, double[] r3, int i, int from, int to) {
        double a0 = r0[i];
        double a1 = r1[i];
        double a2 = r2[i];
        double a3 = r3[i];
        for (int j = from; j < to; j++) {
            sums[j] += (a0 * r0[j] + a1 * r1[j]) + (a2 * r2[j] + a3 * r3[j]);
        }
    }
}

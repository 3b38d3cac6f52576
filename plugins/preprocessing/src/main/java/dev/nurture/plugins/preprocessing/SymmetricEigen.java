package dev.nurture.plugins.preprocessing;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The eigenvalues, from the greatest down, and unit eigenvectors of a real symmetric matrix. Of a vector and its negative
 * the one is given whose component of greatest magnitude is positive, the first of them if there are several.
 *
 * <p>Householder reflections bring the matrix to tridiagonal form (G. Golub, C. Van Loan, "Matrix Computations", 4th
 * edition, algorithm 8.3.1), implicit QR steps with Wilkinson's shift to diagonal form (8.3.2, 8.3.3). Values are exact to
 * a few roundings of the greatest. Vectors are kept as rows, so that every inner loop runs along arrays by one index.
 */
final class SymmetricEigen {
    private static final double ROUNDING = 0x1.0p-53;

    /** QR steps an eigenvalue, on average; two are usual. */
    private static final int STEPS = 30;

    /** Rotations that are collected before they are applied to the vectors, at least. */
    private static final int ROTATIONS = 1 << 15;

    /** Columns of the vectors that rotations are applied to at a time, so that they stay in the cache for all of them. */
    private static final int COLUMNS = 128;

    /** Rows that a reflection is applied to at a time. */
    private static final int ROWS = 8;

    private final int size;
    private final double[] diagonal;
    private final double[] beside;
    private final double[][] vectors;
    private final Integer[] order;

    private final int[] rotated;
    private final double[] cosines;
    private final double[] sines;
    private int rotations;

    /**
     * Decomposes a matrix.
     *
     * @param matrix finite and symmetric, in full; overwritten
     */
    SymmetricEigen(double[][] matrix) {
        size = matrix.length;
        diagonal = new double[size];
        beside = new double[size];
        rotated = new int[ROTATIONS + size];
        cosines = new double[ROTATIONS + size];
        sines = new double[ROTATIONS + size];
        double[] scales = tridiagonalize(matrix);
        vectors = reflections(matrix, scales);
        diagonalize();
        order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -diagonal[i]));
        for (double[] vector : vectors) {
            orient(vector);
        }
    }

    /** Returns eigenvalue {@code i}, counted from the greatest. */
    double value(int i) {
        return diagonal[order[i]];
    }

    /** Returns its eigenvector; not a copy. */
    double[] vector(int i) {
        return vectors[order[i]];
    }

    /**
     * Brings the matrix to tridiagonal form. Reflection {@code k} is {@code 1 − scale·u·uᵀ}; its {@code u} is left in row
     * {@code k}, from column {@code k + 1}.
     *
     * @return the scale of each reflection; 0 where there was nothing to reflect
     */
    private double[] tridiagonalize(double[][] a) {
        double[] scales = new double[size];
        double[] u = new double[size];
        double[] w = new double[size];
        double[] product = new double[size];
        for (int k = 0; k < size; k++) {
            // The change A ← A − u·wᵀ − w·uᵀ of the step before is made up row by row, along with the next product.
            double[] row = a[k];
            addOuterProducts(row, u[k], w[k], u, w, k);
            diagonal[k] = row[k];
            if (k == size - 1) {
                break;
            }
            double head = row[k + 1];
            double tail = 0;
            for (int j = k + 2; j < size; j++) {
                tail += row[j] * row[j];
            }
            double scale = 0;
            if (tail == 0) {
                beside[k] = head;
            } else {
                double norm = Math.sqrt(head * head + tail);
                beside[k] = head > 0 ? -norm : norm;
                row[k + 1] = head - beside[k];
                scale = 1 / (norm * (norm + Math.abs(head)));
            }
            scales[k] = scale;

            Arrays.fill(product, k + 1, size, 0);
            for (int i = k + 1; i < size; i++) {
                addOuterProducts(a[i], u[i], w[i], u, w, row[i], product, k + 1);
            }
            double overlap = 0;
            for (int j = k + 1; j < size; j++) {
                overlap += product[j] * row[j];
            }
            for (int j = k + 1; j < size; j++) {
                w[j] = scale * (product[j] - 0.5 * scale * overlap * row[j]);
                u[j] = row[j];
            }
        }
        return scales;
    }

    private static void addOuterProducts(double[] row, double u, double w, double[] us, double[] ws, int from) {
        for (int j = from; j < row.length; j++) {
            row[j] -= u * ws[j] + w * us[j];
        }
    }

    /** The same, and adds a multiple of the row as it is then to a product. */
    private static void addOuterProducts(
            double[] row, double u, double w, double[] us, double[] ws, double factor, double[] product, int from) {
        for (int j = from; j < row.length; j++) {
            double value = row[j] - (u * ws[j] + w * us[j]);
            row[j] = value;
            product[j] += factor * value;
        }
    }

    /** Returns the product of all reflections, the last first: row {@code i} is that of the transposed basis. */
    private static double[][] reflections(double[][] reflectors, double[] scales) {
        int size = scales.length;
        double[][] basis = new double[size][size];
        for (int first = 0; first < size; first += ROWS) {
            int end = Math.min(size, first + ROWS);
            for (int i = first; i < end; i++) {
                basis[i][i] = 1;
            }
            for (int k = end - 2; k >= 0; k--) {
                for (int i = Math.max(first, k + 1); i < end; i++) {
                    reflect(basis[i], reflectors[k], scales[k], k + 1);
                }
            }
        }
        return basis;
    }

    private static void reflect(double[] row, double[] u, double scale, int from) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = from;
        for (; j + 3 < row.length; j += 4) {
            s0 += u[j] * row[j];
            s1 += u[j + 1] * row[j + 1];
            s2 += u[j + 2] * row[j + 2];
            s3 += u[j + 3] * row[j + 3];
        }
        for (; j < row.length; j++) {
            s0 += u[j] * row[j];
        }
        double factor = scale * ((s0 + s1) + (s2 + s3));
        for (int i = from; i < row.length; i++) {
            row[i] -= factor * u[i];
        }
    }

    private void diagonalize() {
        double norm = 0;
        for (int i = 0; i < size; i++) {
            norm = Math.max(norm, Math.abs(diagonal[i]) + Math.abs(beside[i]));
        }
        double negligible = ROUNDING * norm;
        long steps = 0;
        int high = size - 1;
        while (high > 0) {
            if (Math.abs(beside[high - 1]) <= negligible) {
                high--;
                continue;
            }
            int low = high - 1;
            while (low > 0 && Math.abs(beside[low - 1]) > negligible) {
                low--;
            }
            if (++steps > (long) STEPS * size) {
                throw new IllegalArgumentException(
                        "the principal components of the training rows cannot be found: their covariance is not finite");
            }
            step(low, high);
            if (rotations >= ROTATIONS) {
                applyRotations();
            }
        }
        applyRotations();
    }

    /** Takes an implicit QR step on the unreduced block from {@code low} to {@code high}, both inclusive. */
    private void step(int low, int high) {
        double half = (diagonal[high - 1] - diagonal[high]) / 2;
        double last = beside[high - 1];
        double shift = diagonal[high] - last * (last / (half + Math.copySign(Math.hypot(half, last), half)));
        double x = diagonal[low] - shift;
        double z = beside[low];
        for (int k = low; k < high; k++) {
            double r = Math.sqrt(x * x + z * z);
            double c = r == 0 ? 1 : x / r;
            double s = r == 0 ? 0 : z / r;
            if (k > low) {
                beside[k - 1] = r;
            }
            double upper = diagonal[k];
            double lower = diagonal[k + 1];
            double between = beside[k];
            double moved = s * (s * (lower - upper) + 2 * c * between);
            diagonal[k] = upper + moved;
            diagonal[k + 1] = lower - moved;
            beside[k] = c * s * (lower - upper) + (c - s) * (c + s) * between;
            if (k < high - 1) {
                x = beside[k];
                z = s * beside[k + 1];
                beside[k + 1] *= c;
            }
            rotated[rotations] = k;
            cosines[rotations] = c;
            sines[rotations] = s;
            rotations++;
        }
    }

    private void applyRotations() {
        for (int column = 0; column < size; column += COLUMNS) {
            int end = Math.min(size, column + COLUMNS);
            for (int i = 0; i < rotations; i++) {
                rotate(vectors[rotated[i]], vectors[rotated[i] + 1], cosines[i], sines[i], column, end);
            }
        }
        rotations = 0;
    }

    private static void rotate(double[] upper, double[] lower, double c, double s, int from, int to) {
        for (int j = from; j < to; j++) {
            double a = upper[j];
            double b = lower[j];
            upper[j] = c * a + s * b;
            lower[j] = c * b - s * a;
        }
    }

    private static void orient(double[] vector) {
        double greatest = 0;
        for (double component : vector) {
            greatest = Math.abs(component) > Math.abs(greatest) ? component : greatest;
        }
        if (greatest < 0) {
            for (int j = 0; j < vector.length; j++) {
                vector[j] = -vector[j];
            }
        }
    }
}

package dev.nurture.plugins.initializers;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Shape;
import java.util.random.RandomGenerator;

/**
 * A random matrix with orthonormal columns, or rows if those are fewer, times a gain; its rows are the first extent of
 * the shape. A. Saxe, J. McClelland and S. Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear
 * neural networks", ICLR 2014.
 *
 * <p>The vectors are those of a normal matrix, made orthonormal one after the other by modified Gram-Schmidt in double
 * precision. That is its QR factorization with a positive diagonal of R, for which Q is uniform (Haar); with the signs
 * that Householder's method leaves it would not be (F. Mezzadri, "How to generate random matrices from the classical
 * compact groups", Notices of the AMS 54, 2007). Time grows with elements · min(rows, columns).
 */
record Orthogonal(double gain) implements Initializer {
    /**
     * Vectors whose components are taken out of a later one while they lie in the cache. The order of the operations on a
     * vector, and so its bits, does not depend on it.
     */
    private static final int BLOCK = 32;

    @Override
    public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
        if (to - from != shape.size()) {
            throw new IllegalArgumentException("orthogonal fills a whole weight, and " + (to - from)
                    + " values are not the " + shape.size() + " of " + shape);
        }
        int rows = shape.channels();
        int columns = shape.plane();
        boolean byRow = rows <= columns;
        double[][] q = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                w[from + row * columns + column] = (float) (gain * (byRow ? q[row][column] : q[column][row]));
            }
        }
    }

    private static double[][] orthonormal(int count, int length, RandomGenerator random) {
        double[][] q = new double[count][length];
        for (double[] vector : q) {
            for (int i = 0; i < length; i++) {
                vector[i] = random.nextGaussian();
            }
        }
        for (int start = 0; start < count; start += BLOCK) {
            int end = Math.min(count, start + BLOCK);
            for (int i = start; i < count; i++) {
                for (int k = start; k < Math.min(i, end); k++) {
                    subtract(q[i], dot(q[k], q[i]), q[k]);
                }
                if (i < end) {
                    scale(q[i], 1 / Math.sqrt(dot(q[i], q[i])));
                }
            }
        }
        return q;
    }

    /** Four sums, so that one addition need not wait for the other. */
    private static double dot(double[] a, double[] b) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b[i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static void scale(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }

    private static void subtract(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] -= factor * b[i];
        }
    }
}

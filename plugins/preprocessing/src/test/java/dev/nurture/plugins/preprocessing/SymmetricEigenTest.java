package dev.nurture.plugins.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
    @Test
    void twoByTwo() {
        SymmetricEigen eigen = new SymmetricEigen(new double[][] {{2, -1}, {-1, 2}});
        assertThat(eigen.value(0)).isCloseTo(3, within(1e-15));
        assertThat(eigen.value(1)).isCloseTo(1, within(1e-15));
        double half = Math.sqrt(0.5);
        assertThat(Math.abs(eigen.vector(0)[0])).isCloseTo(half, within(1e-15));
        assertThat(eigen.vector(0)[0] * eigen.vector(0)[1]).isCloseTo(-0.5, within(1e-15));
        assertThat(eigen.vector(1)).containsExactly(new double[] {half, half}, within(1e-15));
    }

    @Test
    void secondDifferencesHaveCosinesForEigenvalues() {
        int size = 200;
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = 2;
            if (i > 0) {
                matrix[i][i - 1] = -1;
                matrix[i - 1][i] = -1;
            }
        }
        SymmetricEigen eigen = new SymmetricEigen(matrix);
        for (int i = 0; i < size; i++) {
            double expected = 2 - 2 * Math.cos(Math.PI * (size - i) / (size + 1));
            assertThat(eigen.value(i)).as("eigenvalue %d", i).isCloseTo(expected, within(1e-13));
        }
    }

    @Test
    void hilbertsMatrixHasItsPublishedGreatestAndLeastValues() {
        // G. Fettis, J. Caslin, "Eigenvalues and eigenvectors of Hilbert matrices of order 3 through 10" (1967): order
        // 5.
        double[][] matrix = new double[5][5];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                matrix[i][j] = 1.0 / (i + j + 1);
            }
        }
        SymmetricEigen eigen = new SymmetricEigen(matrix);
        assertThat(eigen.value(0)).isCloseTo(1.567050691098231, within(1e-14));
        assertThat(eigen.value(4)).isCloseTo(3.287928772171e-6, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 64, 301})
    void vectorsAreOrthonormalAndSolveTheEquation(int size) {
        KeyedRandom random = new KeyedRandom(size);
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = random.nextGaussian();
                matrix[j][i] = matrix[i][j];
            }
        }
        assertDecomposes(matrix);
    }

    @Test
    void specialMatrices() {
        int size = 40;
        double[][] zero = new double[size][size];
        double[][] identity = new double[size][size];
        double[][] ones = new double[size][size];
        double[][] blocks = new double[size][size];
        double[][] graded = new double[size][size];
        for (int i = 0; i < size; i++) {
            identity[i][i] = 1;
            for (int j = 0; j < size; j++) {
                ones[i][j] = 1;
                blocks[i][j] = i / 4 == j / 4 ? 1e30 : 0;
                graded[i][j] = Math.pow(10, -(i + j) / 4.0) * (i == j ? 1 : 0.5);
            }
        }
        assertDecomposes(zero);
        assertDecomposes(identity);
        assertDecomposes(ones);
        assertDecomposes(blocks);
        assertDecomposes(graded);
    }

    private static void assertDecomposes(double[][] matrix) {
        int size = matrix.length;
        double norm = 0;
        double trace = 0;
        double[][] copy = new double[size][];
        for (int i = 0; i < size; i++) {
            copy[i] = matrix[i].clone();
            trace += matrix[i][i];
            for (double value : matrix[i]) {
                norm += value * value;
            }
        }
        norm = Math.sqrt(norm);
        SymmetricEigen eigen = new SymmetricEigen(copy);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double[] vector = eigen.vector(i);
            sum += eigen.value(i);
            if (i > 0) {
                assertThat(eigen.value(i)).isLessThanOrEqualTo(eigen.value(i - 1));
            }
            double greatest = 0;
            for (int j = 0; j < size; j++) {
                double product = 0;
                double overlap = 0;
                for (int k = 0; k < size; k++) {
                    product += matrix[j][k] * vector[k];
                    overlap += eigen.vector(j)[k] * vector[k];
                }
                assertThat(product).isCloseTo(eigen.value(i) * vector[j], within(1e-13 * norm));
                assertThat(overlap).isCloseTo(i == j ? 1 : 0, within(1e-13));
                greatest = Math.abs(vector[j]) > Math.abs(greatest) ? vector[j] : greatest;
            }
            assertThat(greatest).isPositive();
        }
        assertThat(sum).isCloseTo(trace, within(1e-13 * size * norm));
    }
}

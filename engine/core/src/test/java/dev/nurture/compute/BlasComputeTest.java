package dev.nurture.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.PlainCompute;
import dev.nurture.spi.Compute;
import dev.nurture.spi.KeyedRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlasComputeTest {
    private final Workers workers = new Workers(2);
    private final Compute plain = new PlainCompute(1);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void theNativeLibraryLoadsFromTheClassPathAlone() {
        BlasLibrary library = BlasLibrary.load();
        assertThat(library.optimized()).as(library.description()).isTrue();
        assertThat(library.description()).startsWith("OpenBLAS 0.3.31");
        assertThat(library.warning()).isEmpty();
    }

    @Test
    void productsOfEveryTranspositionEqualTheDefinition() {
        Compute blas = new BlasCompute(BlasLibrary.load().blas(), workers);
        KeyedRandom random = new KeyedRandom(5);
        int rows = 7;
        int columns = 5;
        int inner = 11;
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) {
                for (float beta : new float[] {0, 1, -0.5f}) {
                    float[] a = normal(3 + rows * 20 + inner * 20, random);
                    float[] b = normal(4 + inner * 20 + columns * 20, random);
                    float[] c = normal(5 + rows * 9, random);
                    float[] expected = c.clone();
                    plain.gemm(
                            transposeA,
                            transposeB,
                            rows,
                            columns,
                            inner,
                            1.5f,
                            a,
                            3,
                            15,
                            b,
                            4,
                            13,
                            beta,
                            expected,
                            5,
                            9);
                    blas.gemm(transposeA, transposeB, rows, columns, inner, 1.5f, a, 3, 15, b, 4, 13, beta, c, 5, 9);
                    assertThat(c).containsExactly(expected, within(1e-4f));
                }
            }
        }
    }

    @Test
    void matrixTimesVectorEqualsTheDefinition() {
        Compute blas = new BlasCompute(BlasLibrary.load().blas(), workers);
        KeyedRandom random = new KeyedRandom(6);
        for (boolean transpose : new boolean[] {false, true}) {
            for (float beta : new float[] {0, 1}) {
                float[] a = normal(100, random);
                float[] x = normal(20, random);
                float[] y = normal(20, random);
                float[] expected = y.clone();
                plain.gemv(transpose, 6, 9, 2, a, 3, 12, x, 1, beta, expected, 2);
                blas.gemv(transpose, 6, 9, 2, a, 3, 12, x, 1, beta, y, 2);
                assertThat(y).containsExactly(expected, within(1e-4f));
            }
        }
    }

    @Test
    void aZeroBetaIgnoresWhatWasThere() {
        Compute blas = new BlasCompute(BlasLibrary.load().blas(), workers);
        float[] c = {Float.NaN, Float.NaN};
        blas.gemm(false, false, 1, 2, 1, 1, new float[] {3}, 0, 1, new float[] {1, 2}, 0, 2, 0, c, 0, 2);
        assertThat(c).containsExactly(3, 6);
    }

    private static float[] normal(int size, KeyedRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}

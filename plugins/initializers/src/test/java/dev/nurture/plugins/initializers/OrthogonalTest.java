package dev.nurture.plugins.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrthogonalTest {
    private static final Fan FAN = new Fan(1, 1);

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "30, 30, 1", "200, 200, 1", "100, 17, 1.5", "17, 100, 1.5", "1, 9, 2", "9, 1, 2"})
    void fewerOfRowsAndColumnsAreOrthonormalTimesTheGain(int rows, int columns, double gain) {
        Initializer orthogonal = NamedInitializer.create("orthogonal", Map.of("gain", gain));
        float[] w = NamedInitializer.filled(orthogonal, Shape.of(rows, columns), FAN, 5);
        boolean byRow = rows <= columns;
        int count = Math.min(rows, columns);
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                double product = 0;
                for (int i = 0; i < Math.max(rows, columns); i++) {
                    product += byRow
                            ? (double) w[a * columns + i] * w[b * columns + i]
                            : (double) w[i * columns + a] * w[i * columns + b];
                }
                assertThat(product).isCloseTo(a == b ? gain * gain : 0, within(1e-6 * gain * gain));
            }
        }
    }

    @Test
    void convolutionsFiltersAreRows() {
        Initializer orthogonal = NamedInitializer.create("orthogonal", Map.of());
        float[] matrix = NamedInitializer.filled(orthogonal, Shape.of(4, 18), FAN, 5);
        assertThat(NamedInitializer.filled(orthogonal, Shape.of(4, 2, 9), FAN, 5))
                .isEqualTo(matrix);
    }

    /**
     * Moments of the uniform (Haar) distribution on O(4): entries have mean 0 and variance 1/4, the trace mean 0 and
     * variance 1, and half of the determinants are −1. The QR factorization that a library returns with whatever signs
     * fails this on the diagonal.
     */
    @Test
    void squareMatricesAreUniformlyDistributed() {
        int n = 4;
        int seeds = 20_000;
        Initializer orthogonal = NamedInitializer.create("orthogonal", Map.of());
        double[] sums = new double[n * n];
        double[] squares = new double[n * n];
        double trace = 0;
        double traceSquare = 0;
        double traceFourth = 0;
        int negative = 0;
        for (int seed = 0; seed < seeds; seed++) {
            float[] w = NamedInitializer.filled(orthogonal, Shape.of(n, n), FAN, KeyedRandom.key(9, seed));
            double t = 0;
            for (int i = 0; i < n * n; i++) {
                sums[i] += w[i];
                squares[i] += (double) w[i] * w[i];
                t += i % (n + 1) == 0 ? w[i] : 0;
            }
            trace += t;
            traceSquare += t * t;
            traceFourth += t * t * t * t;
            negative += determinant(w, n) < 0 ? 1 : 0;
        }
        double root = Math.sqrt(seeds);
        for (int i = 0; i < n * n; i++) {
            assertThat(sums[i] / seeds).as("mean of entry %d", i).isCloseTo(0, within(5 * .5 / root));
            // A squared entry has variance 3/(n(n+2)) − 1/n² = 1/16.
            assertThat(squares[i] / seeds).as("mean square of entry %d", i).isCloseTo(.25, within(5 * .25 / root));
        }
        assertThat(trace / seeds).isCloseTo(0, within(5 / root));
        double deviation = Math.sqrt(traceFourth / seeds - 1);
        assertThat(traceSquare / seeds).isCloseTo(1, within(5 * deviation / root));
        assertThat((double) negative / seeds).isCloseTo(.5, within(5 * .5 / root));
    }

    private static double determinant(float[] w, int n) {
        if (n == 1) {
            return w[0];
        }
        double sum = 0;
        for (int column = 0; column < n; column++) {
            float[] minor = new float[(n - 1) * (n - 1)];
            int at = 0;
            for (int i = n; i < n * n; i++) {
                if (i % n != column) {
                    minor[at++] = w[i];
                }
            }
            sum += (column % 2 == 0 ? 1 : -1) * w[column] * determinant(minor, n - 1);
        }
        return sum;
    }

    @Test
    void partOfAWeightIsRefused() {
        Initializer orthogonal = NamedInitializer.create("orthogonal", Map.of());
        assertThatThrownBy(() -> orthogonal.fill(new float[12], 0, 6, Shape.of(3, 4), FAN, new KeyedRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("orthogonal fills a whole weight, and 6 values are not the 12 of 3×4");
    }
}

package dev.nurture.plugins.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Optimizer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What CS231n's assignment 2 (FullyConnectedNets) prints for one step of its update rules. */
class CourseNumbersTest {
    private static final int SIZE = 20;

    @Test
    void momentum() {
        float[] velocity = linear(0.6, 0.9);
        float[] w = step("momentum", 1e-3f, 1, velocity);
        assertPublished(
                w,
                0.1406,
                0.20738947,
                0.27417895,
                0.34096842,
                0.40775789,
                0.47454737,
                0.54133684,
                0.60812632,
                0.67491579,
                0.74170526,
                0.80849474,
                0.87528421,
                0.94207368,
                1.00886316,
                1.07565263,
                1.14244211,
                1.20923158,
                1.27602105,
                1.34281053,
                1.4096);
        assertThat((double) velocity[0]).isCloseTo(0.5406, within(1e-7));
        assertThat((double) velocity[19]).isCloseTo(0.8096, within(1e-7));
    }

    @Test
    void rmsprop() {
        float[] average = linear(0.6, 0.9);
        float[] w = step("rmsprop", 1e-2f, 1, average);
        assertPublished(
                w,
                -0.39223849,
                -0.34037513,
                -0.28849239,
                -0.23659121,
                -0.18467247,
                -0.132737,
                -0.08078555,
                -0.02881884,
                0.02316247,
                0.07515774,
                0.12716641,
                0.17918792,
                0.23122175,
                0.28326742,
                0.33532447,
                0.38739248,
                0.43947102,
                0.49155973,
                0.54365823,
                0.59576619);
        assertThat((double) average[1]).isCloseTo(0.6126277, within(1e-7));
        assertThat((double) average[18]).isCloseTo(0.87657507, within(1e-7));
    }

    @Test
    void adam() {
        float[] m = linear(0.6, 0.9);
        float[] v = linear(0.7, 0.5);
        float[] w = step("adam", 1e-2f, 6, m, v);
        assertPublished(
                w,
                -0.40094747,
                -0.34836187,
                -0.29577703,
                -0.24319299,
                -0.19060977,
                -0.1380274,
                -0.08544591,
                -0.03286534,
                0.01971428,
                0.0722929,
                0.1248705,
                0.17744702,
                0.23002243,
                0.28259667,
                0.33516969,
                0.38774145,
                0.44031188,
                0.49288093,
                0.54544852,
                0.59801459);
        assertThat((double) m[1]).isCloseTo(0.49947368, within(1e-7));
        assertThat((double) v[1]).isCloseTo(0.68908382, within(1e-7));
    }

    private static float[] step(String name, float rate, long number, float[]... slots) {
        Optimizer optimizer = Rules.create(name, Map.of());
        float[] w = linear(-0.4, 0.6);
        optimizer.update(w, linear(-0.6, 0.4), slots, 0, SIZE, new Rules.At(number, rate, true));
        return w;
    }

    private static float[] linear(double first, double last) {
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = (float) (first + (last - first) * i / (SIZE - 1));
        }
        return values;
    }

    private static void assertPublished(float[] actual, double... expected) {
        assertThat(expected).hasSameSizeAs(actual);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("value %d", i).isCloseTo(expected[i], within(2e-7));
        }
    }
}

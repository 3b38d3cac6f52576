package dev.nurture.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void evenValuesFillItsBinsEvenly() {
        float[] values = new float[4_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = -1 + i / 2_000f;
        }
        Histogram histogram = Histogram.of(values, values.length);
        assertThat(histogram.from()).isEqualTo(-1);
        assertThat(histogram.to()).isEqualTo(values[3_999]);
        assertThat(histogram.counts()).hasSize(40);
        assertThat(IntStream.of(histogram.counts()))
                .allSatisfy(count -> assertThat(count).isBetween(99, 101));
        assertThat(IntStream.of(histogram.counts()).sum()).isEqualTo(4_000);
    }

    @Test
    void whatIsNotFiniteIsLeftOutAndWhatIsBeyondIsNotLookedAt() {
        float[] values = {Float.NaN, 0, 1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 50};
        Histogram histogram = Histogram.of(values, 5);
        assertThat(histogram.from()).isZero();
        assertThat(histogram.to()).isEqualTo(1);
        assertThat(histogram.counts()[0]).isEqualTo(1);
        assertThat(histogram.counts()[39]).isEqualTo(1);
        assertThat(IntStream.of(histogram.counts()).sum()).isEqualTo(2);
    }

    @Test
    void valuesThatAreAllTheSameStandInOneBin() {
        float[] values = new float[7];
        Arrays.fill(values, 0.25f);
        assertThat(IntStream.of(Histogram.of(values, 7).counts()).filter(count -> count > 0))
                .containsExactly(7);
        assertThat(IntStream.of(Histogram.of(new float[] {Float.NaN}, 1).counts())
                        .sum())
                .isZero();
    }

    /** Three million values: some thirty times what is looked at. */
    @Test
    void ofManySomeAreLookedAtAllOver() {
        float[] values = new float[3_000_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Histogram histogram = Histogram.of(values, values.length);
        int looked = IntStream.of(histogram.counts()).sum();
        assertThat(looked).isBetween(90_000, 110_000);
        assertThat(IntStream.of(histogram.counts()))
                .allSatisfy(count -> assertThat(count).isBetween(looked / 40 - 2, looked / 40 + 2));
    }
}

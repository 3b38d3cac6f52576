package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSplitsTest {
    /** Rows whose value is their number, so that a row can be told wherever it goes. */
    private static Dataset numbered(int rows) {
        float[] x = new float[rows];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = i;
            labels[i] = i % 3;
        }
        return Dataset.classification(Shape.of(1), x, labels, 3, List.of());
    }

    private static int[] sorted(Dataset... parts) {
        return IntStream.range(0, parts.length)
                .flatMap(p -> IntStream.range(0, parts[p].rows()).map(i -> (int) parts[p].x()[i]))
                .sorted()
                .toArray();
    }

    @Test
    void everyRowGoesToOneSplitWithItsLabel() {
        DataSplits splits = DataSplits.of(new DataSource.Splits(numbered(100), Optional.empty()), null, 0.1, 0.2, 7);
        assertThat(splits.train().rows()).isEqualTo(70);
        assertThat(splits.validation().orElseThrow().rows()).isEqualTo(10);
        assertThat(splits.test().orElseThrow().rows()).isEqualTo(20);
        assertThat(sorted(
                        splits.train(), splits.validation().get(), splits.test().get()))
                .containsExactly(IntStream.range(0, 100).toArray());
        for (int i = 0; i < 70; i++) {
            assertThat(splits.train().labels()[i])
                    .isEqualTo((int) splits.train().x()[i] % 3);
        }
    }

    @Test
    void aTestSplitOfItsOwnIsLeftAsItIs() {
        Dataset test = numbered(5);
        DataSplits splits = DataSplits.of(new DataSource.Splits(numbered(100), Optional.of(test)), null, 0.1, 0.2, 7);
        assertThat(splits.train().rows()).isEqualTo(90);
        assertThat(splits.test().orElseThrow()).isSameAs(test);
    }

    @Test
    void theSeedDecidesTheOrderAndALimitTakesTheFirst() {
        DataSource.Splits loaded = new DataSource.Splits(numbered(100), Optional.of(numbered(5)));
        float[] all = DataSplits.of(loaded, null, 0, 0, 7).train().x();
        float[] some = DataSplits.of(loaded, 20, 0, 0, 7).train().x();
        assertThat(some).hasSize(20).containsExactly(java.util.Arrays.copyOf(all, 20));
        assertThat(DataSplits.of(loaded, 20, 0, 0, 8).train().x()).isNotEqualTo(some);
    }

    @Test
    void sharesThatLeaveNothingAreRefused() {
        DataSource.Splits loaded = new DataSource.Splits(numbered(10), Optional.empty());
        assertThatThrownBy(() -> DataSplits.of(loaded, null, 0.6, 0.6, 7))
                .hasMessage("of 10 rows, 6 for validation and 6 for the test leave none to train on");
        assertThatThrownBy(() -> DataSplits.of(loaded, null, 0.01, 0, 7))
                .hasMessage("a validation share of 0.01 of 10 rows is no row");
    }

    @Test
    void permutationsAreUniform() {
        int[] firsts = new int[4];
        for (int key = 0; key < 40_000; key++) {
            firsts[DataSplits.permutation(4, KeyedRandom.key(key, "test"))[0]]++;
        }
        // 10,000 ± 5 standard deviations of a binomial count.
        for (int count : firsts) {
            assertThat(count).isBetween(10_000 - 434, 10_000 + 434);
        }
    }
}

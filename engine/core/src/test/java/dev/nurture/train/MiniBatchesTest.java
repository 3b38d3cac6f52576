package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MiniBatchesTest {
    private static Dataset rows(int count) {
        float[] x = new float[count * 2];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            x[2 * i] = i;
            x[2 * i + 1] = -i;
            labels[i] = i;
        }
        return Dataset.classification(Shape.of(2), x, labels, count, List.of());
    }

    private static List<Integer> epoch(MiniBatches batches) {
        List<Integer> seen = new ArrayList<>();
        for (int batch = 0; batch < batches.count(); batch++) {
            int rows = batches.gather(batch);
            for (int i = 0; i < rows; i++) {
                int label = batches.targets().labels()[i];
                assertThat(batches.x()[2 * i]).isEqualTo(label);
                assertThat(batches.x()[2 * i + 1]).isEqualTo(-label);
                seen.add(label);
            }
        }
        return seen;
    }

    @Test
    void anEpochHasEveryRowOnceWithTheLastBatchSmaller() {
        MiniBatches batches = new MiniBatches(rows(10), 4);
        assertThat(batches.count()).isEqualTo(3);
        batches.shuffle(42);
        assertThat(batches.gather(2)).isEqualTo(2);
        assertThat(epoch(batches))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void theKeyAloneDecidesTheOrder() {
        MiniBatches one = new MiniBatches(rows(50), 8);
        one.shuffle(1);
        one.shuffle(2);
        MiniBatches other = new MiniBatches(rows(50), 8);
        other.shuffle(2);
        List<Integer> order = epoch(one);
        assertThat(order).isEqualTo(epoch(other));
        other.shuffle(3);
        assertThat(order).isNotEqualTo(epoch(other));
    }
}

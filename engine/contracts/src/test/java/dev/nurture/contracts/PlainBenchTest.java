package dev.nurture.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlainBenchTest {
    private static Dataset first(Dataset rows, int count) {
        return rows.select(IntStream.range(0, count).toArray());
    }

    @Test
    void itsGradientIsThatOfItsLossAndPenalty() {
        PlainBench bench = PlainBench.healthy(3);
        Dataset rows = first(bench.train(), 12);
        try (Rehearsal rehearsal = bench.rehearse()) {
            rehearsal.forward(rows, true);
            rehearsal.backward();
            rehearsal.addPenalty();
            List<float[]> gradients = rehearsal.tensors().stream()
                    .map(tensor -> tensor.gradient().clone())
                    .toList();
            for (int t = 0; t < gradients.size(); t++) {
                Rehearsal.Tensor tensor = rehearsal.tensors().get(t);
                float[] gradient = gradients.get(t);
                for (int i = 0; i < gradient.length; i++) {
                    float w = tensor.values()[i];
                    float h = 1f / 64;
                    tensor.values()[i] = w + h;
                    double above = rehearsal.forward(rows, false) + rehearsal.addPenalty();
                    tensor.values()[i] = w - h;
                    double below = rehearsal.forward(rows, false) + rehearsal.addPenalty();
                    tensor.values()[i] = w;
                    assertThat((double) gradient[i])
                            .as(tensor.name() + "[" + i + "]")
                            .isCloseTo((above - below) / (2 * h), within(1e-4));
                }
            }
        }
    }

    @Test
    void aHealthyOneBeginsAtChanceAndIsLearnedAtItsRate() {
        for (long seed = 1; seed <= 20; seed++) {
            PlainBench bench = PlainBench.healthy(seed);
            try (Rehearsal rehearsal = bench.rehearse()) {
                assertThat(rehearsal.forward(bench.train(), false))
                        .isCloseTo(bench.plan().chance(), withinPercentage(5));
                int batch = bench.plan().batchSize();
                for (int epoch = 1; epoch <= bench.plan().epochs(); epoch++) {
                    int[] order = bench.order(epoch);
                    for (int from = 0; from < order.length; from += batch) {
                        rehearsal.forward(bench.train().select(Arrays.copyOfRange(order, from, from + batch)), true);
                        rehearsal.backward();
                        rehearsal.addPenalty();
                        rehearsal.update(bench.plan().learningRate());
                    }
                }
                assertThat(rehearsal.accuracy(bench.test().orElseThrow())).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void anEpochsOrderHoldsEachRowOnce() {
        int[] order = PlainBench.healthy(1).order(2);
        assertThat(order).isNotEqualTo(PlainBench.healthy(1).order(1));
        Arrays.sort(order);
        assertThat(order).isEqualTo(IntStream.range(0, 180).toArray());
    }

    @Test
    void aRehearsalRefusesWhatItsInterfaceDoesNotAllow() {
        PlainBench bench = PlainBench.healthy(1);
        Rehearsal rehearsal = bench.rehearse();
        assertThatThrownBy(rehearsal::backward)
                .hasMessage("a backward pass follows a forward pass in training, of one batch");
        rehearsal.forward(first(bench.train(), 4), false);
        assertThatThrownBy(rehearsal::backward).isInstanceOf(IllegalStateException.class);
        rehearsal.forward(bench.train(), true);
        assertThatThrownBy(rehearsal::backward).isInstanceOf(IllegalStateException.class);
        assertThat(bench.open()).isEqualTo(1);
        rehearsal.close();
        assertThat(bench.open()).isZero();
        assertThatThrownBy(() -> rehearsal.forward(bench.train(), false)).hasMessage("the rehearsal is closed");
        assertThatThrownBy(() -> PlainBench.of(Dataset.regression(Shape.of(1), new float[1], new float[1], 1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(PlainBench.of(Dataset.classification(Shape.of(1), new float[2], new int[2], 2, List.of()), 1)
                        .validation())
                .isEmpty();
    }
}

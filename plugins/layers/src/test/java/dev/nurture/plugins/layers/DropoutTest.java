package dev.nurture.plugins.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.2, 0.5, 0.9, 0.999})
    void dropsTheShareAndKeepsTheMean(double rate) {
        int size = 200_000;
        Trial trial = Trial.training(Parts.layer("dropout", "rate", rate), Shape.of(size), 1);
        Arrays.fill(trial.x, 1);
        trial.forward();
        int dropped = 0;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            dropped += trial.y[i] == 0 ? 1 : 0;
            sum += trial.y[i];
        }
        double deviation = Math.sqrt(rate * (1 - rate) / size);
        assertThat((double) dropped / size).isCloseTo(rate, within(4 * deviation));
        assertThat(sum / size).isCloseTo(1, within(4 * deviation / (1 - rate)));
    }

    @Test
    void aValueIsKeptWhereItsUniformNumberReachesTheRate() {
        Layer layer = Parts.layer("dropout", "rate", 0.3);
        TestVariables variables = new TestVariables(40);
        layer.build(Shape.of(1000), variables);
        float[] x = Parts.random(40_000, 1);
        float[] y = new float[40_000];
        TestPass pass = TestPass.training(12);
        layer.forward(x, y, 40, pass);
        long key = pass.key(variables.stream());
        for (int i = 0; i < y.length; i++) {
            boolean kept = KeyedRandom.uniform(key, i) >= 0.3;
            assertThat((double) y[i]).isCloseTo(kept ? x[i] / 0.7 : 0, within(1e-6 * Math.abs(x[i])));
        }
    }

    @Test
    void theSameKeyDropsTheSameAndAnotherOthers() {
        Layer layer = Parts.layer("dropout");
        layer.build(Shape.of(64), new TestVariables(1));
        float[] x = Parts.random(64, 1);
        float[] first = new float[64];
        float[] again = new float[64];
        float[] other = new float[64];
        layer.forward(x, first, 1, TestPass.training(1));
        layer.forward(x, other, 1, TestPass.training(2));
        layer.forward(x, again, 1, TestPass.training(1));
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void leavesAllAsItIsOutOfTraining() {
        Trial trial = Trial.evaluation(Parts.layer("dropout", "rate", 0.9), Shape.of(50), 3)
                .forward();
        assertThat(Arrays.copyOf(trial.y, 150)).isEqualTo(Arrays.copyOf(trial.x, 150));
    }

    @Test
    void isAnIdentityAtRateZeroAlone() {
        assertThat(Parts.layer("dropout", "rate", 0.0).identity()).isTrue();
        assertThat(Parts.layer("dropout", "rate", 0.1).identity()).isFalse();
    }

    @Test
    void gradients() {
        Trial.checkGradients(Parts.layer("dropout", "rate", 0.4), Shape.of(3, 4, 5), 7, 1e-1f);
        Trial.checkDeterminism(() -> Parts.layer("dropout"), Shape.of(20_000), 3);
    }
}

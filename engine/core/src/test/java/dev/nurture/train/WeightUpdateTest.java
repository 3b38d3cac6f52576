package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.PlainCompute;
import dev.nurture.model.Activity;
import dev.nurture.model.Parameter;
import dev.nurture.plugin.Origin;
import dev.nurture.spi.Fan;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightUpdateTest {
    /** Larger than a tile, and not a multiple of one. */
    private static final int SIZE = 100_003;

    private static final UpdateRule RULE = new UpdateRule(new Descent(), "descent", Origin.of(new Descent()));

    private final Parameter weight = parameter("weight", true);
    private final Parameter bias = parameter("bias", false);

    private static Parameter parameter(String name, boolean regularized) {
        float[] value = new float[SIZE];
        float[] gradient = new float[SIZE];
        KeyedRandom random = new KeyedRandom(name.hashCode());
        for (int i = 0; i < SIZE; i++) {
            value[i] = (float) random.nextGaussian();
            gradient[i] = (float) random.nextGaussian();
        }
        return new Parameter(new Variable(name, Shape.of(SIZE), value, gradient), regularized, null, new Fan(1, 1), 0);
    }

    /** {@code w -= rate · g}, and notes in a slot how often each value was updated. */
    private static final class Descent implements Optimizer {
        @Override
        public List<String> slots() {
            return List.of("count");
        }

        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            for (int i = from; i < to; i++) {
                w[i] -= step.learningRate() * g[i];
                slots[0][i] += step.decays() ? 1 : 1000;
            }
        }

        @Override
        public float learningRate() {
            return 1;
        }
    }

    @Test
    void penaltiesAreThoseOfTheWeightsAlone() {
        WeightUpdate update = new WeightUpdate(
                List.of(weight, bias), RULE, 0.1, 0.5, Double.POSITIVE_INFINITY, new PlainCompute(2), new Activity(2));
        float[] w = weight.variable().value();
        float[] before = weight.variable().gradient().clone();
        float[] biasBefore = bias.variable().gradient().clone();
        double expected = 0;
        for (float value : w) {
            expected += 0.1 * Math.abs(value) + 0.25 * (double) value * value;
        }
        assertThat(update.addPenalty()).isCloseTo(expected, within(expected * 1e-5));
        for (int i = 0; i < SIZE; i += 997) {
            assertThat(weight.variable().gradient()[i])
                    .isCloseTo(before[i] + 0.1f * Math.signum(w[i]) + 0.5f * w[i], within(1e-6f));
        }
        assertThat(bias.variable().gradient()).containsExactly(biasBefore);
    }

    @Test
    void clippingScalesAllGradientsByOneFactor() {
        WeightUpdate update =
                new WeightUpdate(List.of(weight, bias), RULE, 0, 0, 2, new PlainCompute(2), new Activity(2));
        double squares = 0;
        for (Parameter parameter : List.of(weight, bias)) {
            for (float g : parameter.variable().gradient()) {
                squares += (double) g * g;
            }
        }
        float[] before = weight.variable().value().clone();
        float[] gradient = weight.variable().gradient().clone();
        double norm = update.clip();
        assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-3));
        update.apply(1, 1, false);
        for (int i = 0; i < SIZE; i += 997) {
            assertThat(weight.variable().value()[i])
                    .isCloseTo((float) (before[i] - gradient[i] * 2 / norm), within(1e-6f));
        }
    }

    @Test
    void aGradientWithinTheLimitIsLeftAlone() {
        WeightUpdate update = new WeightUpdate(List.of(weight), RULE, 0, 0, 1e6, new PlainCompute(2), new Activity(2));
        float[] before = weight.variable().value().clone();
        float[] gradient = weight.variable().gradient().clone();
        update.clip();
        update.apply(1, 0.5f, false);
        for (int i = 0; i < SIZE; i++) {
            assertThat(weight.variable().value()[i]).isEqualTo(before[i] - 0.5f * gradient[i]);
        }
    }

    @Test
    void everyValueIsUpdatedOnceAndKnowsWhetherItDecays() {
        WeightUpdate update = new WeightUpdate(
                List.of(weight, bias), RULE, 0, 0, Double.POSITIVE_INFINITY, new PlainCompute(3), new Activity(3));
        update.apply(1, 0, false);
        assertThat(update.slots(0)[0]).containsOnly(1);
        assertThat(update.slots(1)[0]).containsOnly(1000);
    }
}

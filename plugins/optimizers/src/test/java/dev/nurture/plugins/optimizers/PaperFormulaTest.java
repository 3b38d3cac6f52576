package dev.nurture.plugins.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Seven steps of every rule against the papers' formulas in double precision. */
class PaperFormulaTest {
    private static final int SIZE = 101;
    private static final int STEPS = 7;

    static Stream<Arguments> cases() {
        Stream<Arguments> byDefault = Stream.of(Rules.NAMES)
                .flatMap(name -> Stream.of(true, false).map(decays -> Arguments.of(name, Map.of(), decays)));
        Stream<Arguments> withDecay = Stream.of("adam", "adamw", "nadam", "lion")
                .flatMap(name -> Stream.of(true, false)
                        .map(decays ->
                                Arguments.of(name, Map.of("weight_decay", 0.3, "beta1", 0.7, "beta2", 0.95), decays)));
        Stream<Arguments> others = Stream.of(
                Arguments.of("momentum", Map.of("momentum", 0.0), true),
                Arguments.of("nesterov", Map.of("momentum", 0.5), true),
                Arguments.of("adagrad", Map.of("epsilon", 0.1), true),
                Arguments.of("rmsprop", Map.of("decay", 0.5, "epsilon", 0.1), true),
                Arguments.of("adadelta", Map.of("decay", 0.0, "epsilon", 0.01), true),
                Arguments.of("adam", Map.of("beta1", 0.0, "beta2", 0.0, "epsilon", 0.5), true));
        return Stream.of(byDefault, withDecay, others).flatMap(all -> all);
    }

    @ParameterizedTest(name = "{0} {1} decays={2}")
    @MethodSource("cases")
    void followsThePaper(String name, Map<String, Double> given, boolean decays) {
        Optimizer optimizer = Rules.create(name, given);
        Map<String, Double> settings = new HashMap<>();
        for (Param<?> param : Rules.factory(name).params()) {
            settings.put(param.name(), (Double) param.fallback());
        }
        settings.putAll(given);

        KeyedRandom random = new KeyedRandom(5);
        float[] w = new float[SIZE];
        PaperRules[] expected = new PaperRules[SIZE];
        for (int i = 0; i < SIZE; i++) {
            w[i] = (float) random.nextGaussian();
            expected[i] = new PaperRules(name, settings, w[i]);
        }
        double[] path = new double[SIZE];
        float[] g = new float[SIZE];
        float[][] slots = Rules.slots(optimizer, SIZE);
        for (int t = 1; t <= STEPS; t++) {
            // Large enough to move weights of size 1 well beyond their rounding, and changing as under a schedule.
            float rate = 0.05f + 0.01f * t;
            for (int i = 0; i < SIZE; i++) {
                // Gradients of very different sizes: 1e-3 to 1e3.
                g[i] = (float) (random.nextGaussian() * Math.pow(10, i % 7 - 3));
                double before = expected[i].w();
                expected[i].step(g[i], rate, decays);
                path[i] += Math.abs(expected[i].w() - before);
            }
            float[] gradient = g.clone();
            optimizer.update(w, g, slots, 0, SIZE, new Rules.At(t, rate, decays));
            assertThat(g).as("gradient").isEqualTo(gradient);
            for (int i = 0; i < SIZE; i++) {
                // Relative to the way that the weight has come, since steps of hundreds may cancel.
                double tolerance = 1e-6 * (1 + path[i]);
                assertThat((double) w[i]).as("step %d, weight %d", t, i).isCloseTo(expected[i].w(), within(tolerance));
            }
        }
    }
}

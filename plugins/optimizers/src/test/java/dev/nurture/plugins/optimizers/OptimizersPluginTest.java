package dev.nurture.plugins.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Factory;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Plugin;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule keeps to, whatever its formula. */
class OptimizersPluginTest {
    static Stream<String> names() {
        return Stream.of(Rules.NAMES);
    }

    @Test
    void isFoundAndOffersTheContractsNames() {
        Plugin plugin = ServiceLoader.load(Plugin.class).findFirst().orElseThrow();
        assertThat(plugin).isInstanceOf(OptimizersPlugin.class);
        assertThat(plugin.factories()).extracting(Factory::name).containsExactly(Rules.NAMES);
        assertThat(plugin.factories()).allMatch(factory -> factory.type() == Optimizer.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sgd      | learning_rate=0.01
            momentum | learning_rate=0.01, momentum=0.9
            nesterov | learning_rate=0.01, momentum=0.9
            adagrad  | learning_rate=0.01, epsilon=1.0E-8
            rmsprop  | learning_rate=0.01, decay=0.99, epsilon=1.0E-8
            adadelta | learning_rate=1.0, decay=0.95, epsilon=1.0E-6
            adam     | learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weight_decay=0.0
            adamw    | learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weight_decay=0.01
            nadam    | learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weight_decay=0.0
            lion     | learning_rate=1.0E-4, beta1=0.9, beta2=0.99, weight_decay=0.0
            """)
    void defaultsAreThoseOfThePapers(String name, String expected) {
        List<String> defaults = Rules.factory(name).params().stream()
                .map(param -> param.name() + "=" + param.fallback())
                .toList();
        assertThat(String.join(", ", defaults)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void rangesKeepOutWhatCannotWork(String name) {
        for (Param<?> param : Rules.factory(name).params()) {
            switch (param.name()) {
                case "learning_rate", "epsilon" ->
                    assertThat(param.range().contains(0)).isFalse();
                case "weight_decay" -> assertThat(param.range().contains(-1e-9)).isFalse();
                default -> {
                    assertThat(param.range().contains(0)).isTrue();
                    assertThat(param.range().contains(1)).as(param.name()).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void learningRateIsTheOneThatWasSet(String name) {
        assertThat(Rules.create(name, Map.of("learning_rate", 0.123)).learningRate())
                .isEqualTo(0.123f);
    }

    @ParameterizedTest
    @MethodSource("names")
    void stepsAreFiniteForTinyAndHugeGradients(String name) {
        Optimizer optimizer = Rules.create(name, Map.of());
        float[] w = normal(64, 4);
        float[] g = new float[64];
        float[][] slots = Rules.slots(optimizer, 64);
        float[] sizes = {1e-45f, 1e-30f, 1e-20f, 1e-10f, 1, 1e10f, 1e20f, 1e30f};
        for (int t = 1; t <= 6; t++) {
            for (int i = 0; i < 64; i++) {
                g[i] = (i + t) % 2 == 0 ? sizes[i / 8] : -sizes[i / 8];
                // In the last steps, ordinary gradients on top of what the extreme ones left behind.
                g[i] = t > 4 ? Math.signum(g[i]) : g[i];
            }
            optimizer.update(w, g, slots, 0, 64, new Rules.At(t, optimizer.learningRate(), true));
            for (int i = 0; i < 64; i++) {
                assertThat(w[i]).as("step %d, gradient %s", t, g[i]).isFinite();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sgd,,",
        "momentum,velocity,",
        "nesterov,velocity,",
        "adagrad,square_sum,",
        "rmsprop,square_average,",
        "adadelta,square_average,square_step_average",
        "adam,m,v",
        "adamw,m,v",
        "nadam,m,v",
        "lion,m,"
    })
    void slotsAreNamed(String name, String first, String second) {
        List<String> expected =
                Stream.of(first, second).filter(slot -> slot != null).toList();
        assertThat(Rules.create(name, Map.of()).slots()).isEqualTo(expected);
    }

    /** Curvatures 1 and 25, the minimum at (1, −2). */
    @ParameterizedTest
    @CsvSource({
        "sgd,0.03,500",
        "momentum,0.01,500",
        "nesterov,0.01,500",
        "adagrad,0.5,2000",
        "rmsprop,0.001,6000",
        "adadelta,1,20000",
        "adam,0.02,3000",
        "nadam,0.02,3000",
        "lion,0.0005,10000"
    })
    void findsTheMinimumOfAQuadratic(String name, double rate, int steps) {
        Optimizer optimizer = Rules.create(name, Map.of());
        float[] w = {-1, 2};
        float[][] slots = Rules.slots(optimizer, 2);
        float[] g = new float[2];
        for (int t = 1; t <= steps; t++) {
            g[0] = w[0] - 1;
            g[1] = 25 * (w[1] + 2);
            optimizer.update(w, g, slots, 0, 2, new Rules.At(t, (float) rate, true));
        }
        assertThat((double) w[0]).isCloseTo(1, within(5e-3));
        assertThat((double) w[1]).isCloseTo(-2, within(5e-3));
    }

    /** H. Rosenbrock (1960): a bent valley from (−1.2, 1), where the value is 24.2, to the minimum 0 at (1, 1). */
    @ParameterizedTest
    @CsvSource({
        "sgd,0.001,1e-3",
        "momentum,0.0002,1e-3",
        "nesterov,0.0002,1e-3",
        "adagrad,0.3,1e-3",
        "rmsprop,0.001,1e-3",
        "adadelta,1,0.6",
        "adam,0.005,1e-3",
        "adamw,0.005,1e-3",
        "nadam,0.005,1e-3",
        "lion,0.0002,1e-3"
    })
    void followsRosenbrocksValley(String name, double rate, double reached) {
        Optimizer optimizer = Rules.create(name, Map.of());
        float[] w = {-1.2f, 1};
        float[][] slots = Rules.slots(optimizer, 2);
        float[] g = new float[2];
        for (int t = 1; t <= 20_000; t++) {
            float gap = w[1] - w[0] * w[0];
            g[0] = -2 * (1 - w[0]) - 400 * w[0] * gap;
            g[1] = 200 * gap;
            optimizer.update(w, g, slots, 0, 2, new Rules.At(t, (float) rate, false));
        }
        double gap = w[1] - (double) w[0] * w[0];
        double value = (1.0 - w[0]) * (1.0 - w[0]) + 100 * gap * gap;
        assertThat(value).isLessThan(reached);
    }

    @Test
    void lionTakesWholeStepsForTheSmallestAverages() {
        Optimizer optimizer = Rules.create("lion", Map.of("beta1", 0.0));
        float[] w = {0, 0, 0, 0};
        float[] g = {Float.MIN_VALUE, -1e-39f, 0, Float.MAX_VALUE};
        optimizer.update(w, g, Rules.slots(optimizer, 4), 0, 4, new Rules.At(1, 0.5f, true));
        assertThat(w).containsExactly(-0.5f, 0.5f, 0, -0.5f);
    }

    @Test
    void betasNextToOneDoNotDivideByZero() {
        Optimizer optimizer = Rules.create("adam", Map.of("beta1", 0.999999999, "beta2", 0.9999999999));
        float[] w = {1};
        optimizer.update(w, new float[] {3}, Rules.slots(optimizer, 1), 0, 1, new Rules.At(1, 0.1f, true));
        assertThat((double) w[0]).isCloseTo(0.9, within(1e-6));
    }

    @Test
    void aSmallWeightDecayIsNotRoundedAway() {
        // Over 10,000 steps η·λ = 1e-7 takes off a thousandth; 1 − 1e-7 as a float would take off 0.0012.
        Optimizer optimizer = Rules.create("adamw", Map.of("weight_decay", 1e-2));
        float[] w = {1e-3f};
        float[][] slots = Rules.slots(optimizer, 1);
        for (int t = 1; t <= 10_000; t++) {
            optimizer.update(w, new float[1], slots, 0, 1, new Rules.At(t, 1e-5f, true));
        }
        assertThat((double) w[0]).isBetween(0.99875e-3, 1e-3);
    }

    private static float[] normal(int size, long key) {
        KeyedRandom random = new KeyedRandom(key);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}

package dev.nurture.plugins.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Plugin;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesPluginTest {
    private static final double EXACT = 1e-15;

    @Test
    void isFoundAndOffersTheContractsNames() {
        Plugin plugin = ServiceLoader.load(Plugin.class).findFirst().orElseThrow();
        assertThat(plugin).isInstanceOf(SchedulesPlugin.class);
        assertThat(plugin.factories())
                .extracting(Factory::name)
                .containsExactly(
                        "constant", "step", "exponential", "inverse_time", "cosine", "one_cycle", "warmup", "plateau");
    }

    @Test
    void constantIsOne() {
        assertThat(factor(create("constant"), 0)).isEqualTo(1);
        assertThat(factor(create("constant"), 999)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "29,1", "30,0.5", "59,0.5", "60,0.25", "999,0.000000000116415321826934814453125"})
    void stepFallsAfterWholeEpochsAlone(long step, double expected) {
        // Ten steps an epoch, every three epochs: 99 epochs are done at step 999, which is 33 falls.
        assertThat(factor(create("step", "every", 3, "factor", 0.5), step)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "10,0.9", "20,0.81", "5,0.9486832980505138"})
    void exponentialIsAPowerOfTheEpochs(long step, double expected) {
        assertThat(factor(create("exponential", "factor", 0.9), step)).isCloseTo(expected, within(EXACT));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "5,0.8", "10,0.6666666666666666", "20,0.5", "200,0.09090909090909091"})
    void inverseTimeHalvesAfterTheInverseOfItsDecay(long step, double expected) {
        assertThat(factor(create("inverse_time", "decay", 0.5), step)).isCloseTo(expected, within(EXACT));
    }

    @Test
    void cosineGoesFromOneToFinal() {
        LearningRateSchedule cosine = create("cosine", "final", 0.2);
        assertThat(factor(cosine, 0)).isEqualTo(1);
        assertThat(factor(cosine, 250)).isCloseTo(0.2 + 0.4 * (1 + Math.sqrt(0.5)), within(EXACT));
        assertThat(factor(cosine, 500)).isCloseTo(0.6, within(EXACT));
        assertThat(factor(cosine, 750)).isCloseTo(0.2 + 0.4 * (1 - Math.sqrt(0.5)), within(EXACT));
        assertThat(factor(cosine, 999)).isGreaterThan(0.2).isCloseTo(0.2, within(1e-5));
        assertThat(factor(cosine, 1000)).isCloseTo(0.2, within(EXACT));
        assertThat(factor(create("cosine"), 999)).isGreaterThan(0);
    }

    @Test
    void cosineWarmsUpForEpochsFirst() {
        LearningRateSchedule cosine = create("cosine", "warmup", 2.0);
        assertThat(factor(cosine, 0)).isCloseTo(1 / 21.0, within(EXACT));
        assertThat(factor(cosine, 19)).isCloseTo(20 / 21.0, within(EXACT));
        assertThat(factor(cosine, 20)).isEqualTo(1);
        assertThat(factor(cosine, 20 + 490)).isCloseTo(0.5, within(EXACT));
        assertThat(factor(cosine, 999)).isGreaterThan(0).isLessThan(1e-5);
    }

    @Test
    void oneCycleRisesThenFalls() {
        LearningRateSchedule cycle = create("one_cycle", "final", 0.01);
        assertThat(factor(cycle, 0)).isCloseTo(0.04, within(EXACT));
        assertThat(factor(cycle, 150)).isCloseTo(0.52, within(EXACT));
        assertThat(factor(cycle, 300)).isEqualTo(1);
        assertThat(factor(cycle, 650)).isCloseTo(0.505, within(EXACT));
        assertThat(factor(cycle, 1000)).isCloseTo(0.01, within(EXACT));
        for (long step = 1; step < 1000; step++) {
            double change = factor(cycle, step) - factor(cycle, step - 1);
            assertThat(change > 0).as("rises at %d", step).isEqualTo(step <= 300);
            assertThat(change).isNotZero();
        }
    }

    @Test
    void warmupRisesThenFollowsAnother() {
        LearningRateSchedule toConstant = create("warmup", "epochs", 1.5, "then", create("constant"));
        assertThat(factor(toConstant, 0)).isCloseTo(1 / 16.0, within(EXACT));
        assertThat(factor(toConstant, 14)).isCloseTo(15 / 16.0, within(EXACT));
        assertThat(factor(toConstant, 15)).isEqualTo(1);
        assertThat(factor(toConstant, 999)).isEqualTo(1);

        LearningRateSchedule toSteps =
                create("warmup", "epochs", 1.0, "then", create("step", "every", 2, "factor", 0.1));
        assertThat(factor(toSteps, 4)).isCloseTo(5 / 11.0, within(EXACT));
        assertThat(factor(toSteps, 19)).isEqualTo(1);
        assertThat(factor(toSteps, 20)).isCloseTo(0.1, within(EXACT));
    }

    @Test
    void warmupOfNoEpochsIsTheOther() {
        LearningRateSchedule none = create("warmup", "epochs", 0.0, "then", create("exponential"));
        assertThat(factor(none, 0)).isEqualTo(1);
        assertThat(factor(none, 10)).isCloseTo(0.95, within(EXACT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "step", "exponential", "inverse_time", "cosine"})
    void neverRisesAndIsNeverZero(String name) {
        LearningRateSchedule schedule = create(name);
        double before = factor(schedule, 0);
        assertThat(before).isEqualTo(1);
        for (long step = 1; step < 1000; step++) {
            double now = factor(schedule, step);
            assertThat(now).as("step %d", step).isPositive().isLessThanOrEqualTo(before);
            before = now;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "step", "exponential", "inverse_time", "cosine", "one_cycle", "plateau"})
    void aTrainingOfOneStepLearns(String name) {
        assertThat(create(name).factor(new At(0, 1, 1))).isPositive().isLessThanOrEqualTo(1);
        assertThat(create(name).factor(new At(0, 1, 1))).isGreaterThanOrEqualTo(0.04);
    }

    @Test
    void aWarmupLongerThanTheTrainingRisesToItsEnd() {
        LearningRateSchedule cosine = create("cosine", "warmup", 500.0);
        assertThat(factor(cosine, 999)).isCloseTo(1000 / 5001.0, within(EXACT));
        LearningRateSchedule cycle = create("one_cycle", "warmup", 1.0);
        assertThat(factor(cycle, 999)).isBetween(0.99, 1.0);
        assertThat(factor(cycle, 1000)).isEqualTo(1);
    }

    @Test
    void plateauFallsAfterPatienceEvaluationsWithoutImprovement() {
        LearningRateSchedule plateau = create("plateau", "factor", 0.5, "patience", 2);
        assertThat(after(plateau)).isEqualTo(1);
        assertThat(after(plateau, 1.0)).isEqualTo(1);
        assertThat(after(plateau, 1.0, 1.1)).isEqualTo(1);
        assertThat(after(plateau, 1.0, 1.1, 1.1)).isEqualTo(0.5);
        // The count starts over; the best stays.
        assertThat(after(plateau, 1.0, 1.1, 1.1, 1.05)).isEqualTo(0.5);
        assertThat(after(plateau, 1.0, 1.1, 1.1, 1.05, 1.01)).isEqualTo(0.25);
        assertThat(after(plateau, 1.0, 1.1, 0.9, 0.95)).isEqualTo(1);
        assertThat(after(plateau, 1.0, 1.1, 0.9, 0.95, 0.95)).isEqualTo(0.5);
    }

    @Test
    void plateauCountsOnlyChangesBeyondTheThreshold() {
        LearningRateSchedule plateau = create("plateau", "patience", 1, "threshold", 0.01);
        assertThat(after(plateau, 2.0, 1.981)).isEqualTo(0.1);
        assertThat(after(plateau, 2.0, 1.979)).isEqualTo(1);
        assertThat(after(plateau, -2.0, -2.01)).isEqualTo(0.1);
        assertThat(after(plateau, -2.0, -2.03)).isEqualTo(1);
    }

    @Test
    void plateauTakesNaNAndInfinityForNoImprovement() {
        LearningRateSchedule plateau = create("plateau", "patience", 1);
        assertThat(after(plateau, Double.NaN)).isEqualTo(0.1);
        assertThat(after(plateau, Double.POSITIVE_INFINITY)).isEqualTo(0.1);
        assertThat(after(plateau, Double.NaN, 1.0)).isEqualTo(0.1);
        assertThat(after(plateau, 1.0, Double.NaN)).isEqualTo(0.1);
    }

    @Test
    void plateauStopsAtItsFinalFactor() {
        LearningRateSchedule plateau = create("plateau", "patience", 1, "final", 0.05);
        assertThat(after(plateau, 1, 1, 1, 1, 1)).isEqualTo(0.05);
        LearningRateSchedule byDefault = create("plateau");
        double[] flat = new double[21];
        assertThat(after(byDefault, flat)).isCloseTo(0.01, within(EXACT));
    }

    private static double factor(LearningRateSchedule schedule, long step) {
        return schedule.factor(new At(step, 1000, 10));
    }

    private static double after(LearningRateSchedule schedule, double... losses) {
        return schedule.factor(new At(losses.length * 10L, 1000, 10, losses));
    }

    private static LearningRateSchedule create(String name, Object... settings) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put((String) settings[i], settings[i + 1]);
        }
        Factory<?> factory = new SchedulesPlugin()
                .factories().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return (LearningRateSchedule) MapSettings.create(factory, values);
    }
}

package dev.nurture.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.nurture.config.Condition;
import dev.nurture.config.CurveShape;
import dev.nurture.config.Expectation;
import dev.nurture.config.Expectation.AnyOf;
import dev.nurture.config.Expectation.OfAdvice;
import dev.nurture.config.Expectation.OfCurve;
import dev.nurture.config.Expectation.OfFindings;
import dev.nurture.config.Expectation.OfMeasure;
import dev.nurture.config.Measure;
import dev.nurture.run.RunRecord.Judgement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunMeasuresTest {
    private final JsonObject data = JsonParser.parseString("""
            {
              "metrics": {"initial_loss": 2.5, "test_loss": "Infinity"},
              "findings": [
                {"fault": "learning_rate_high", "changes": ["optimizer.learning_rate=3.3e-04"]},
                {"fault": "diverging"},
                {"fault": "diverging", "changes": ["model[0].initializer=he"]}],
              "epochs": {
                "step": [10, 20, 30, 40],
                "learning_rate": [0.1, 0.1, 0.1, 0.1],
                "train_loss": [2.0, 1.0, 1.5, 0.5],
                "train_accuracy": [0.25, 0.5, 0.375, 0.75],
                "validation_loss": [2.0, 1.0, 1.5, 0.5],
                "validation_accuracy": [null, null, null, null]},
              "layers": [
                {"name": "dense_1", "mean": [0, 0], "std": [1.5, 0.5], "saturated": [0.25, null], "dead": [null, null]},
                {"name": "dense_2", "mean": [0, 1], "std": [2.5, 0.75], "saturated": [null, null], "dead": [null, null]}],
              "tensors": [{"name": "dense_1.weight", "norm": [3, 4], "gradient_norm": [1, 1], "update_ratio": [0.001, 0.002]}]
            }""").getAsJsonObject();
    private final RunMeasures run = new RunMeasures(data);

    @ParameterizedTest
    @CsvSource({
        "initial_loss, 2.5",
        "test_loss, Infinity",
        "test_accuracy, NaN",
        "train_loss.first, 2",
        "train_loss.last, 0.5",
        "train_loss.least, 0.5",
        "train_loss.greatest, 2",
        "train_loss.change, -1.5",
        "train_loss.fall, 1.5",
        "train_loss.rise, 0.5",
        "train_accuracy.fall, 0.125",
        "train_loss.epoch_3, 1.5",
        "train_loss.epoch_5, NaN",
        "train_loss.steps_to_1, 20",
        "train_loss.steps_to_0.1, NaN",
        "train_accuracy.steps_to_0.5, 20",
        "validation_accuracy.last, NaN",
        "learning_rate.last, 0.1",
        "activation_std.dense_1, 0.5",
        "activation_mean.dense_2, 1",
        "saturated_ratio.dense_1, 0.25",
        "dead_ratio.dense_1, NaN",
        "weight_norm.dense_1.weight, 4",
        "update_ratio.dense_1.weight, 0.002"
    })
    void eachMeasureIsWhatItSays(String measure, Double value) {
        assertThat(run.value(Measure.of(measure))).isEqualTo(value);
    }

    /** What is left out changes no measure; that much is left out shows in the looks. */
    @Test
    void aSummaryMeasuresTheSame() {
        RunMeasures summary = new RunMeasures(RunMeasures.summary(data));
        for (String measure : List.of(
                "initial_loss",
                "train_loss.rise",
                "train_accuracy.steps_to_0.5",
                "activation_std.dense_1",
                "saturated_ratio.dense_1",
                "dead_ratio.dense_1",
                "update_ratio.dense_1.weight")) {
            assertThat(Double.valueOf(summary.value(Measure.of(measure))))
                    .as(measure)
                    .isEqualTo(Double.valueOf(run.value(Measure.of(measure))));
        }
        assertThat(summary.faults()).isEqualTo(run.faults());
        assertThat(summary.advised("optimizer.learning_rate")).isEqualTo(run.advised("optimizer.learning_rate"));
        assertThat(RunMeasures.summary(data).getAsJsonArray("layers").get(0).toString())
                .isEqualTo("{\"name\":\"dense_1\",\"mean\":[0],\"std\":[0.5],\"saturated\":[0.25],\"dead\":[]}");
    }

    @Test
    void allStandsForEachThatHasIt() {
        assertThat(run.parts(Measure.of("activation_std.all"))).isEqualTo(Map.of("dense_1", 0.5, "dense_2", 0.75));
        assertThat(run.parts(Measure.of("saturated_ratio.all"))).isEqualTo(Map.of("dense_1", 0.25));
    }

    @Test
    void whatWasFoundAndAdvisedIsKnown() {
        assertThat(run.faults()).containsExactly("learning_rate_high", "diverging");
        assertThat(run.advised("optimizer.learning_rate")).containsExactly(3.3e-4);
        assertThat(run.advised("model[0].initializer")).isEmpty();
    }

    @Test
    void expectationsAreJudgedOneByOne() {
        assertThat(judge(expected("initial_loss", "> 2"), expected("initial_loss", "< 2")))
                .containsExactly(
                        new Judgement("initial_loss", "> 2.0", 2.5, true),
                        new Judgement("initial_loss", "< 2.0", 2.5, false));
        assertThat(judge(expected("test_accuracy", "> 0")))
                .containsExactly(new Judgement("test_accuracy", "> 0.0", "not measured", false));
        assertThat(judge(expected("activation_std.all", "> 0.6")))
                .containsExactly(
                        new Judgement("activation_std.dense_1", "> 0.6", 0.5, false),
                        new Judgement("activation_std.dense_2", "> 0.6", 0.75, true));
        assertThat(judge(expected("dead_ratio.all", ">= 0")))
                .containsExactly(new Judgement("dead_ratio.all", ">= 0.0", "not measured", false));
        assertThat(judge(new OfFindings(List.of("diverging")), new OfFindings(List.of())))
                .containsExactly(
                        new Judgement("findings", "diverging", "learning_rate_high, diverging", true),
                        new Judgement("findings", "none", "learning_rate_high, diverging", false));
        assertThat(judge(new OfAdvice("optimizer.learning_rate", Condition.of("in [1e-5, 1e-3]"))))
                .containsExactly(new Judgement("advised.optimizer.learning_rate", "in [1.0E-5, 0.001]", 3.3e-4, true));
        assertThat(judge(new OfAdvice("optimizer.momentum", Condition.of("> 0"))))
                .containsExactly(new Judgement("advised.optimizer.momentum", "> 0.0", "none", false));
        assertThat(judge(new OfCurve(List.of(CurveShape.GOOD))))
                .containsExactly(new Judgement("curve", "good", "too short to tell", false));
    }

    @Test
    void oneOfSeveralIsEnoughButAllOfIt() {
        Expectation met = expected("initial_loss", "> 2");
        Expectation unmet = expected("train_loss.rise", "> 1");
        assertThat(judge(new AnyOf(List.of(List.of(unmet), List.of(met)))))
                .containsExactly(
                        new Judgement("train_loss.rise or initial_loss", "> 1.0 or > 2.0", "0.5 or 2.5", true));
        assertThat(judge(new AnyOf(List.of(List.of(unmet, met)))))
                .containsExactly(
                        new Judgement("train_loss.rise and initial_loss", "> 1.0 and > 2.0", "0.5 and 2.5", false));
    }

    private List<Judgement> judge(Expectation... expectations) {
        return new Expectations(run).judge(List.of(expectations));
    }

    private static Expectation expected(String measure, String condition) {
        return new OfMeasure(Measure.of(measure), Condition.of(condition));
    }
}

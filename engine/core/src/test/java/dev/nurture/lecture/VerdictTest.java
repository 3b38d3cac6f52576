package dev.nurture.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.nurture.config.Measure;
import dev.nurture.lecture.page.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static RunOutcome run(double loss, double... trainLoss) {
        JsonObject data = JsonParser.parseString("""
                {"metrics": {"initial_loss": 2.3, "test_loss": %s}, "findings": [], "tensors": [],
                 "epochs": {"step": [10, 20, 30], "train_loss": [%s, %s, %s], "train_accuracy": [null, null, null],
                   "validation_loss": [null, null, null], "validation_accuracy": [null, null, null]},
                 "layers": [{"name": "d_1", "std": [0.5]}, {"name": "d_2", "std": [0.25]}, {"name": "d_10", "std": [1e-7]}]}
                """.formatted(loss, trainLoss[0], trainLoss[1], trainLoss[2]))
                .getAsJsonObject();
        return RunOutcome.of(data, List.of());
    }

    private static Claim claim(List<String> runs, List<String> show, String compare, String... expect) {
        return new Claim(
                "name",
                Optional.of(1),
                "a claim",
                Optional.of("1.5"),
                runs,
                show,
                Optional.ofNullable(compare).map(Measure::of),
                List.of(expect).stream().map(Comparison::of).toList());
    }

    private static Verdict judge(Claim claim, Map<String, RunOutcome> runs) {
        return Verdict.of(claim, Map.of(0L, runs));
    }

    private final Map<String, RunOutcome> runs = Map.of("a", run(0.123456, 2, 1, 0.4), "b", run(1.5, 2, 1.9, 1.8));

    @Test
    void aClaimHoldsWhenItsComparisonsDo() {
        Verdict green = judge(claim(List.of(), List.of(), "test_loss", "a < 0.1 * b", "a < 0.2"), runs);
        assertThat(green.answer()).isEqualTo(Answer.GREEN);
        assertThat(green.measuredText()).isEqualTo("a 0.1235, b 1.5000");
        Verdict red = judge(claim(List.of(), List.of(), "test_loss", "b < a", "a < 0.2"), runs);
        assertThat(red.answer()).isEqualTo(Answer.RED);
        assertThat(red.why()).containsExactly("not b < a by test_loss: b 1.5000, a 0.1235");
    }

    @Test
    void whatIsNeverReachedIsInfinitelyFar() {
        assertThat(judge(claim(List.of(), List.of(), "train_loss.steps_to_0.5", "a < b"), runs))
                .satisfies(verdict -> {
                    assertThat(verdict.answer()).isEqualTo(Answer.GREEN);
                    assertThat(verdict.measuredText()).isEqualTo("a 30, b -");
                });
        assertThat(judge(claim(List.of(), List.of(), "train_loss.steps_to_0.5", "b < a"), runs)
                        .why())
                .containsExactly("not b < a by train_loss.steps_to_0.5: b inf, a 30");
        assertThat(judge(claim(List.of(), List.of(), "train_accuracy.last", "a < b"), runs)
                        .answer())
                .isEqualTo(Answer.RED);
    }

    @Test
    void aClaimFailsWithTheExpectationsOfItsRuns() {
        RunOutcome unmet = RunOutcome.of(run(1, 1, 1, 1).data(), List.of("test_loss is 1.0, expected < 0.5"));
        Verdict verdict =
                judge(claim(List.of("a", "c"), List.of("test_loss"), null), Map.of("a", runs.get("a"), "c", unmet));
        assertThat(verdict.answer()).isEqualTo(Answer.RED);
        assertThat(verdict.why()).containsExactly("c: test_loss is 1.0, expected < 0.5");
    }

    @Test
    void withoutItsDataAClaimIsNeitherGreenNorRed() {
        RunOutcome missing = RunOutcome.missing("run: nurture data fetch cifar10");
        Verdict verdict =
                judge(claim(List.of("a", "c"), List.of("test_loss"), null), Map.of("a", runs.get("a"), "c", missing));
        assertThat(verdict.answer()).isEqualTo(Answer.NO_DATA);
        assertThat(verdict.why()).containsExactly("run: nurture data fetch cifar10");
    }

    @Test
    void itMustHoldForEverySeed() {
        Map<Long, Map<String, RunOutcome>> seeds = new LinkedHashMap<>();
        seeds.put(1L, Map.of("a", run(0.5, 1, 1, 1)));
        seeds.put(2L, Map.of("a", run(0.75, 1, 1, 1)));
        Claim claim = claim(List.of(), List.of(), "test_loss", "a < 0.7");
        Verdict verdict = Verdict.of(claim, seeds);
        assertThat(verdict.answer()).isEqualTo(Answer.RED);
        assertThat(verdict.why()).containsExactly("seed 2: not a < 0.7 by test_loss: a 0.7500");
        assertThat(verdict.measuredText()).isEqualTo("0.5000 to 0.7500");
        assertThat(verdict.json("part").toString())
                .isEqualTo("{\"part\":\"part\",\"claim\":\"name\",\"row\":1,\"text\":\"a claim\",\"published\":\"1.5\","
                        + "\"measured\":{\"value\":[0.5,0.75]},\"verdict\":\"red\","
                        + "\"why\":[\"seed 2: not a < 0.7 by test_loss: a 0.7500\"]}");
    }

    @Test
    void layersKeepTheirOrderAndWordsAreNotRepeated() {
        Verdict verdict =
                judge(claim(List.of("a"), List.of("activation_std.all", "test_loss", "curve", "findings"), null), runs);
        assertThat(verdict.measuredText())
                .isEqualTo("activation_std d_1 0.5000, d_2 0.2500, d_10 1.00e-07, test_loss 0.1235,"
                        + " curve too short to tell, findings none");
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of a run in which a plugin misbehaves in mid-training; the check-up, which would use its patience up, is
 * off. An epoch has 40 steps. The parts do their work for
 * 60, so that it shows in step 61; what is looked for once an epoch shows in step 81.
 */
class MisbehavingPluginIT {
    private static final String ROGUE = MisbehavingPlugin.NAME;

    @TempDir
    static Path built;

    @TempDir
    Path folder;

    private Nurture nurture;
    private RunFolder run;

    @BeforeAll
    static void build() throws IOException {
        MisbehavingPlugin.drop(Files.createDirectories(built.resolve("plugins")), built);
    }

    @BeforeEach
    void prepare() {
        nurture = new Nurture(folder);
        run = new RunFolder(folder.resolve("run"));
    }

    private static String[] digits(String... overrides) {
        List<String> command = new ArrayList<>(List.of("run", Nurture.shipped("digits")));
        command.addAll(List.of("training.epochs=3", "training.threads=1", "checks=false"));
        command.addAll(List.of(overrides));
        command.addAll(List.of("--run-dir", "run", "--progress", "none"));
        command.addAll(List.of("--plugins", built.resolve("plugins").toString()));
        return command.toArray(String[]::new);
    }

    /** Returns an override that puts a part of the rogue plugin in a place. */
    private static String rogue(String place, String defect) {
        String part = "{type: rogue, defect: " + defect + "}";
        return switch (place) {
            case "layer" ->
                "model=[{type: dense, units: 40, activation: relu}, " + part + ", {type: dense, units: 10}]";
            case "activation" -> "model=[{type: dense, units: 40, activation: " + part + "}, {type: dense, units: 10}]";
            case "normalization" ->
                "model=[{type: dense, units: 40, normalization: " + part + "}, {type: dense, units: 10}]";
            case "preprocess" -> "preprocess=[zero_mean, {type: scale, factor: 0.125}, " + part + "]";
            default -> place + "=" + part;
        };
    }

    /** Runs to the failure; its cause is all that is said, and stands in the record. */
    private void fails(String cause, String... overrides) throws IOException {
        Nurture.Outcome outcome = nurture.run(digits(overrides)).exits(2);
        assertThat(outcome.err().lines())
                .filteredOn(line -> !line.equals("(--verbose shows where)"))
                .containsExactly("error: " + cause);
        isRecorded(2, cause);
    }

    private void isRecorded(int exit, String cause) throws IOException {
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.record().get("cause").getAsString()).isEqualTo(cause);
        assertThat(run.record().getAsJsonObject("metrics").keySet()).noneMatch(name -> name.startsWith("test_"));
    }

    private void hasCheckpoints(long... steps) throws IOException {
        CheckpointFolder checkpoints =
                new CheckpointFolder(new FileStorage(), run.path().resolve("checkpoints"));
        assertThat(checkpoints.steps())
                .containsExactlyElementsOf(LongStream.of(steps).boxed().toList());
        for (long step : steps) {
            assertThat(checkpoints.load(step).metadata()).containsEntry("cursor", "0");
        }
    }

    private void canBeEvaluated() throws IOException {
        String plugins = built.resolve("plugins").toString();
        Nurture.Outcome evaluated =
                nurture.run("evaluate", "run", "--json", "--plugins", plugins).exits(0);
        assertThat(evaluated.out()).contains("\"accuracy\":");
    }

    @ParameterizedTest
    @CsvSource({
        "activation, throws, forward pass of layer dense_1",
        "normalization, throws, forward pass of layer dense_1",
        "layer, backward throws, backward pass of layer rogue_1",
        "loss, throws, the loss",
        "optimizer, throws, the update of dense_1.weight",
        "schedule, throws, the learning rate schedule",
        "preprocess, throws, preprocess[2] 'rogue'",
    })
    void throwing(String place, String defect, String where) throws IOException {
        String cause = ROGUE + " failed: IllegalStateException: as it was told; in " + where + ", step 61";
        fails(cause, rogue(place, defect));
        hasCheckpoints(40);
    }

    @Test
    void throwingOnAWorker() throws IOException {
        String cause = " failed: IllegalStateException: as it was told; in forward pass of layer dense_1, step 61";
        fails(ROGUE + cause, rogue("activation", "throws"), "model[0].units=1024", "training.threads=2");
        hasCheckpoints(40);
        canBeEvaluated();
    }

    @Test
    void throwingInAnEvaluation() throws IOException {
        String cause = " failed: IllegalStateException: as it was told; in the loss, validation after epoch 2";
        fails(ROGUE + cause, rogue("loss", "evaluation throws"));
        hasCheckpoints(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "activation|60|dense_1|the output of layer dense_1 (plugin nurture-layers 1.0, with activation 'rogue' of"
                        + " plugin rogue 3.1)",
                "normalization|60|dense_1|the output of layer dense_1 (plugin nurture-layers 1.0, with normalization"
                        + " 'rogue' of plugin rogue 3.1)",
                "layer|60|rogue_1|the output of layer rogue_1 (plugin rogue 3.1)",
                "optimizer|61|dense_1.normalization.scale|dense_1.normalization.scale, as optimizer 'rogue' (plugin rogue"
                        + " 3.1) left it",
            })
    void notANumber(String place, long step, String subject, String origin) throws IOException {
        Nurture.Outcome outcome =
                nurture.run(digits(rogue(place, "not_finite"))).exits(4);
        String message = "the loss is not finite after step " + step + "; the first value that is not is in " + origin;
        assertThat(outcome.err()).startsWith("error: non_finite: " + message + "; ");
        isRecorded(4, message);
        JsonObject finding = run.findings().get(0).getAsJsonObject();
        assertThat(finding.get("fault").getAsString()).isEqualTo("non_finite");
        assertThat(finding.get("subject").getAsString()).isEqualTo(subject);
        hasCheckpoints(40);
        canBeEvaluated();
    }

    @Test
    void aLossThatIsInfinite() throws IOException {
        Nurture.Outcome outcome = nurture.run(digits(rogue("loss", "infinite"))).exits(4);
        assertThat(outcome.err())
                .startsWith("error: non_finite: the loss is not finite after step 60; the first value that is not is in"
                        + " what loss 'rogue' (plugin rogue 3.1) makes of outputs that are finite; ");
        hasCheckpoints(40);
    }

    @ParameterizedTest
    @CsvSource({
        "schedule, gave a factor of NaN; in the learning rate schedule",
        "loss, gave a loss of NaN for outputs that are finite; in the loss",
    })
    void notANumberOfNumbers(String place, String did) throws IOException {
        fails(ROGUE + " " + did + ", step 61", rogue(place, "not_finite"));
        hasCheckpoints(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layer|left 640 of the 1280 values of its output unwritten; in forward pass of layer rogue_1",
                "preprocess|left 1024 of the 2048 values of its rows unwritten; in preprocess[2] 'rogue'",
            })
    void wrongLength(String place, String did) throws IOException {
        fails(ROGUE + " " + did + ", step 81", rogue(place, "half"));
        hasCheckpoints(40, 80);
        canBeEvaluated();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layer|plugin rogue 3.1 wrote beyond its range; in forward pass of layer rogue_1",
                "activation|plugin nurture-layers 1.0, with activation 'rogue' of plugin rogue 3.1, wrote beyond its"
                        + " range; in forward pass of layer dense_1",
                "loss|plugin rogue 3.1 wrote beyond its range; in the loss",
                "preprocess|plugin rogue 3.1 wrote beyond its range; in preprocess[2] 'rogue'",
            })
    void writingBeyondItsRange(String place, String cause) throws IOException {
        fails(cause + ", step 61", rogue(place, "beyond"));
        hasCheckpoints(40);
        canBeEvaluated();
    }

    @Test
    void writingBeyondTheArray() throws IOException {
        Nurture.Outcome outcome =
                nurture.run(digits(rogue("layer", "beyond the array"))).exits(2);
        assertThat(outcome.err())
                .startsWith("error: " + ROGUE + " failed: ArrayIndexOutOfBoundsException: ")
                .contains("; in forward pass of layer rogue_1, step 61\n");
        hasCheckpoints(40);
    }

    /** Updates come in tiles of 32,768 values: beside the second lies the first, which somebody else may be working on. */
    @Test
    void writingBeyondItsRangeInAnOptimizer() throws IOException {
        String cause = ROGUE + " wrote beyond its range; in the update of dense_1.weight, step 81";
        fails(cause, rogue("optimizer", "beyond"), "model[0].units=1024", "training.threads=2");
        hasCheckpoints(40, 80);
    }

    @ParameterizedTest
    @CsvSource({
        "layer, changes input, changed its input; in forward pass of layer rogue_1",
        "optimizer, changes gradient, changed the gradient; in the update of dense_1.weight",
        "loss, changes targets, changed the targets; in the loss",
    })
    void changingItsInput(String place, String defect, String did) throws IOException {
        fails(ROGUE + " " + did + ", step 81", rogue(place, defect));
        hasCheckpoints(40, 80);
        canBeEvaluated();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "activation|loops|dense_1|forward pass of layer dense_1, step 61",
                "layer|backward loops|rogue_1|backward pass of layer rogue_1, step 61",
                "optimizer|loops|dense_1.weight|the update of dense_1.weight, step 61",
                "loss|evaluation loops|loss|the loss, evaluation after step 80",
                "schedule|sleeps|learning_rate|the learning rate schedule, step 61",
            })
    void anEndlessLoop(String place, String defect, String subject, String where) throws IOException {
        stalls(subject, where, rogue(place, defect));
        hasCheckpoints(40);
        canBeEvaluated();
    }

    @Test
    void anEndlessLoopOnAWorker() throws IOException {
        String where = "forward pass of layer dense_1, step 61";
        stalls("dense_1", where, rogue("activation", "loops"), "model[0].units=1024", "training.threads=2");
        hasCheckpoints(40);
    }

    private void stalls(String subject, String where, String... overrides) throws IOException {
        List<String> all = new ArrayList<>(List.of(overrides));
        all.add("monitors.stalled.seconds=2");
        Nurture.Outcome outcome =
                nurture.run(digits(all.toArray(String[]::new))).exits(4);
        JsonObject finding = run.findings().get(0).getAsJsonObject();
        assertThat(finding.get("fault").getAsString()).isEqualTo("stalled");
        assertThat(finding.get("severity").getAsString()).isEqualTo("fail");
        assertThat(finding.get("phase").getAsString()).isEqualTo("train");
        assertThat(finding.get("subject").getAsString()).isEqualTo(subject);
        assertThat(finding.get("measured").getAsDouble()).isBetween(2.0, 4.0);
        assertThat(finding.get("threshold").getAsString()).isEqualTo("> 2.0 s");
        String message = finding.get("message").getAsString();
        assertThat(message).endsWith(" s; " + ROGUE + " is at work, in " + where);
        assertThat(outcome.err())
                .isEqualTo("error: stalled: " + message + "; "
                        + finding.get("advice").getAsString() + "\n");
        isRecorded(4, message);
    }

    /** The limit is one of work, not of time: a process that was stopped for longer goes on. */
    @Test
    void aProcessThatWasStoppedForLongerThanTheLimitGoesOn() throws Exception {
        Nurture.Started started = nurture.start(digits("training.epochs=1000000", "monitors.stalled.seconds=2"));
        try {
            started.awaitLine("1 ");
            signal(started, "STOP");
            Thread.sleep(4_000);
            signal(started, "CONT");
            Thread.sleep(1_000);
            signal(started, "TERM");
            started.end().exits(143);
        } finally {
            started.process().destroyForcibly();
        }
        assertThat(run.findings()).isEmpty();
    }

    private static void signal(Nurture.Started started, String name) throws Exception {
        Process kill = new ProcessBuilder(
                        "sh", "-c", "kill -" + name + " " + started.process().pid())
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "activation|exits|forward pass of layer dense_1, step 61",
                "optimizer|exits|the update of dense_1.weight, step 61",
                "schedule|exits|the learning rate schedule, step 61",
                "loss|evaluation exits|the loss, evaluation after step 80",
            })
    void systemExit(String place, String defect, String where) throws IOException {
        fails(ROGUE + " ended the process; in " + where, rogue(place, defect));
        hasCheckpoints(40);
        canBeEvaluated();
    }

    @Test
    void systemExitOnAWorker() throws IOException {
        String cause = ROGUE + " ended the process; in forward pass of layer dense_1, step 61";
        fails(cause, rogue("activation", "exits"), "model[0].units=1024", "training.threads=2");
    }

    /** Nothing hears of that. The exit status is what the plugin gave; but the record does not say that it went well. */
    @Test
    void haltIsNoSuccessOnRecord() throws IOException {
        nurture.run(digits(rogue("activation", "halts"))).exits(0);
        assertThat(run.status()).isEqualTo("running");
        assertThat(run.record().get("exit").isJsonNull()).isTrue();
        assertThat(run.record().getAsJsonObject("metrics").keySet()).isEmpty();
        hasCheckpoints(40);
        canBeEvaluated();
    }

    @Test
    void withoutADefectAllPartsTrain() throws IOException {
        String[] command = digits(
                rogue("layer", "none"),
                "model[0].activation=rogue",
                "model[0].normalization=rogue",
                rogue("loss", "none"),
                rogue("optimizer", "none"),
                rogue("schedule", "none"),
                rogue("preprocess", "none"),
                "expect={test_accuracy: '>= 0.8'}");
        nurture.run(command).exits(0);
        assertThat(run.status()).isEqualTo("succeeded");
    }
}

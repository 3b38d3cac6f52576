package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, what it leaves, and what can be asked of it afterwards. */
class DigitsIT {
    private static final int EPOCHS = 30;
    /** Of 1,797 rows, 359 are for the test and 180 for validation; 1,258 rows make 40 batches of 32. */
    private static final int STEPS_PER_EPOCH = 40;

    private static final int TRAIN_ROWS = 1258;
    private static final int VALIDATION_ROWS = 180;
    private static final int TEST_ROWS = 359;

    @TempDir
    static Path folder;

    private static Nurture nurture;
    private static Nurture.Outcome outcome;
    private static RunFolder run;

    @BeforeAll
    static void run() throws IOException {
        nurture = new Nurture(folder);
        outcome = nurture.run("run", Nurture.shipped("digits")).exits(0);
        run = RunFolder.only(folder.resolve("runs"));
    }

    @Test
    void theTestAccuracyIsAsTheDefinitionExpects() throws IOException {
        assertThat(run.metric("test_accuracy")).isGreaterThanOrEqualTo(0.97);
        assertThat(run.metric("test_accuracy") * TEST_ROWS)
                .isCloseTo(Math.rint(run.metric("test_accuracy") * TEST_ROWS), offset(1e-9));
        assertThat(run.metric("initial_loss")).isBetween(2.0, 4.0);
    }

    @Test
    void everyFileOfTheRunDirectoryIsThereAndNothingElse() throws IOException {
        assertThat(Nurture.names(folder)).contains("runs");
        assertThat(run.path().getFileName().toString()).matches("digits-\\d{8}-\\d{6}-[0-9a-f]{4}");
        assertThat(Nurture.names(run.path()))
                .containsExactly(
                        ".lock",
                        "checkpoints",
                        "evaluation.json",
                        "experiment.yaml",
                        "findings.json",
                        "history.jsonl",
                        "metrics.csv",
                        "report.html",
                        "run.json",
                        "timings.csv");
    }

    @Test
    void theRecordSaysHowItWentAndWhatItWasMadeWith() throws IOException {
        JsonObject record = run.record();
        assertThat(record.get("name").getAsString()).isEqualTo("digits");
        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(run.exit()).isZero();
        assertThat(record.get("cause").isJsonNull()).isTrue();
        assertThat(record.get("seed").getAsLong()).isEqualTo(231);
        List<JsonObject> stages = record.getAsJsonArray("stages").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
        assertThat(stages)
                .extracting(stage -> stage.get("name").getAsString())
                .containsSubsequence("prepare", "train", "evaluate");
        assertThat(stages).allSatisfy(stage -> {
            assertThat(stage.get("status").getAsString()).isEqualTo("succeeded");
            assertThat(stage.get("seconds").getAsDouble()).isNotNegative();
        });

        JsonObject provenance = record.getAsJsonObject("provenance");
        assertThat(provenance.getAsJsonObject("java").get("version").getAsString())
                .isEqualTo(System.getProperty("java.version"));
        assertThat(provenance.get("blas").getAsString()).startsWith("OpenBLAS ").endsWith("one thread");
        assertThat(provenance.get("data_sha256").getAsString()).matches("[0-9a-f]{64}");
        // Neither threads nor what is watched change a result: the definition counts as written for one, without these.
        String decisive = Files.readString(run.path().resolve("experiment.yaml"))
                .replaceFirst("threads: [0-9]+", "threads: 1")
                .replaceFirst("checks: .*\\n", "")
                .replaceFirst("monitors: .*\\n", "monitors: {}\n")
                .replaceFirst("listeners: .*\\n", "");
        assertThat(provenance.get("definition_sha256").getAsString())
                .isEqualTo(Sha256.of(decisive.getBytes(StandardCharsets.UTF_8)));
        List<String> plugins = new ArrayList<>();
        for (JsonElement plugin : provenance.getAsJsonArray("plugins")) {
            JsonObject one = plugin.getAsJsonObject();
            plugins.add(one.get("jar").getAsString() + " " + one.get("sha256").getAsString());
        }
        List<String> jars = new ArrayList<>();
        for (Path jar : Nurture.pluginJars()) {
            jars.add(jar.getFileName() + " " + Sha256.of(Files.readAllBytes(jar)));
        }
        assertThat(plugins).containsExactlyElementsOf(jars);
    }

    @Test
    void theMetricLogHasALineAnEpoch() throws IOException {
        List<String[]> lines = run.metrics();
        assertThat(lines).hasSize(EPOCHS);
        for (int i = 0; i < EPOCHS; i++) {
            String[] line = lines.get(i);
            int step = STEPS_PER_EPOCH * (i + 1);
            assertThat(line[0]).isEqualTo(Integer.toString(i + 1));
            assertThat(line[1]).isEqualTo(Integer.toString(step));
            double cosine = 0.002 * 0.5 * (1 + Math.cos(Math.PI * (step - 1) / ((double) EPOCHS * STEPS_PER_EPOCH)));
            assertThat(Double.parseDouble(line[2])).isCloseTo(cosine, offset(1e-9));
            assertThat(Double.parseDouble(line[3])).isPositive().isFinite();
            wholeRows(line[4], TRAIN_ROWS);
            assertThat(Double.parseDouble(line[5])).isPositive().isFinite();
            wholeRows(line[6], VALIDATION_ROWS);
        }
        String[] last = lines.get(EPOCHS - 1);
        assertThat(Double.parseDouble(last[3])).isEqualTo(run.metric("train_loss"));
        assertThat(Double.parseDouble(last[4])).isEqualTo(run.metric("train_accuracy"));
        assertThat(Double.parseDouble(last[5])).isEqualTo(run.metric("validation_loss"));
        assertThat(Double.parseDouble(last[6])).isEqualTo(run.metric("validation_accuracy"));
    }

    private static void wholeRows(String accuracy, int rows) {
        double right = Double.parseDouble(accuracy) * rows;
        assertThat(right).isBetween(0.0, (double) rows).isCloseTo(Math.rint(right), offset(1e-9));
    }

    @Test
    void timesAreInALogOfTheirOwn() throws IOException {
        List<String> lines = Files.readAllLines(run.path().resolve("timings.csv"));
        assertThat(lines).hasSize(EPOCHS + 1).first().isEqualTo("epoch,seconds,samples_per_second");
        for (int i = 1; i <= EPOCHS; i++) {
            String[] cells = lines.get(i).split(",");
            assertThat(cells[0]).isEqualTo(Integer.toString(i));
            double seconds = Double.parseDouble(cells[1]);
            assertThat(seconds).isPositive();
            assertThat(Double.parseDouble(cells[2])).isCloseTo(TRAIN_ROWS / seconds, offset(1e-6 / seconds));
        }
    }

    @Test
    void aHealthyRunHasNoFindings() throws IOException {
        assertThat(Files.readString(run.path().resolve("findings.json")).strip())
                .isEqualTo("[]");
    }

    @Test
    void theLastThreeCheckpointsAndTheBestAreKept() throws IOException {
        long best = (long) run.metric("best_epoch");
        double lowest = Double.POSITIVE_INFINITY;
        int lowestEpoch = 0;
        for (String[] line : run.metrics()) {
            if (Double.parseDouble(line[5]) < lowest) {
                lowest = Double.parseDouble(line[5]);
                lowestEpoch = Integer.parseInt(line[0]);
            }
        }
        assertThat(best).isEqualTo(lowestEpoch);
        Set<String> expected = new TreeSet<>();
        LongStream.of(EPOCHS - 2, EPOCHS - 1, EPOCHS, best)
                .forEach(epoch -> expected.add("step-" + epoch * STEPS_PER_EPOCH + ".safetensors"));
        assertThat(run.checkpoints()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aCheckpointIsAWholeFileOfSafetensors() throws IOException {
        Path file = run.checkpoint(EPOCHS * STEPS_PER_EPOCH);
        Safetensors checkpoint = Safetensors.read(file);
        byte[] log = run.metricsBytes();
        assertThat(checkpoint.metadata())
                .containsEntry("step", "1200")
                .containsEntry("epoch", "30")
                .containsEntry("seed", "231")
                .containsEntry("optimizer", "adam")
                .containsEntry("metric_log_offset", Integer.toString(log.length))
                .containsEntry("metric_log_sha256", Sha256.of(log));
        assertThat(checkpoint.tensors())
                .containsKeys("dense_1.weight", "optimizer.m.dense_1.weight", "optimizer.v.dense_1.weight");
        assertThat(checkpoint.tensors().get("dense_1.weight").shape()).isEqualTo("[64,256]");
        assertThat(checkpoint.tensors().get("dense_3.bias").shape()).isEqualTo("[10]");
        assertThat(checkpoint.tensors().keySet())
                .anyMatch(name -> name.startsWith("preprocess.zero_mean_1."))
                .last()
                .isEqualTo("__integrity__");
        Safetensors.Tensor integrity = checkpoint.tensors().get("__integrity__");
        assertThat(integrity.type()).isEqualTo("U8");
        assertThat(HexFormat.of().formatHex(integrity.bytes()))
                .isEqualTo(Sha256.of(Files.readAllBytes(file), (int) integrity.begin()));
    }

    @Test
    void resultsAreOnStandardOutputAndProgressIsOnStandardError() {
        assertThat(outcome.out())
                .startsWith("experiment    digits, seed 231\n")
                .contains("1,258 to train, 180 to validate, 359 to test", "OpenBLAS", "\ntest accuracy 0.9")
                .doesNotContain("left");
        assertThat(outcome.out().lines().filter(line -> line.matches(" +\\d+ +\\d+ .*")))
                .hasSize(EPOCHS);
        assertThat(outcome.err().lines()).isNotEmpty().allMatch(line -> line.startsWith("epoch "));
        assertThat(outcome.out() + outcome.err()).doesNotContain("\u001b", "\r");
    }

    @Test
    void evaluatingGivesTheRunsOwnFigures() throws IOException {
        JsonObject test = evaluated(nurture.run("evaluate", run.path().toString(), "--json"));
        assertThat(test.get("split").getAsString()).isEqualTo("test");
        assertThat(test.get("loss").getAsDouble()).isEqualTo(run.metric("test_loss"));
        assertThat(test.get("accuracy").getAsDouble()).isEqualTo(run.metric("test_accuracy"));

        JsonObject validation =
                evaluated(nurture.run("evaluate", run.path().toString(), "--split", "validation", "--json"));
        assertThat(validation.get("loss").getAsDouble()).isEqualTo(run.metric("validation_loss"));
        assertThat(validation.get("accuracy").getAsDouble()).isEqualTo(run.metric("validation_accuracy"));
    }

    private static JsonObject evaluated(Nurture.Outcome outcome) {
        return json(outcome).getAsJsonObject(run.path().toString());
    }

    private static JsonObject json(Nurture.Outcome outcome) {
        outcome.exits(0);
        assertThat(outcome.err()).isEmpty();
        return JsonParser.parseString(outcome.out()).getAsJsonObject();
    }

    @Test
    void twoRunsAreAnEnsemble() throws IOException {
        Path second = folder.resolve("second");
        nurture.run(
                        "run",
                        run.definition(),
                        "model[0].units=40",
                        "training.epochs=6",
                        "expect.test_accuracy=>= 0.9",
                        "--run-dir",
                        second.toString())
                .exits(0);
        JsonObject json = json(nurture.run("evaluate", run.path().toString(), second.toString(), "--json"));
        assertThat(json.keySet()).containsExactly(run.path().toString(), second.toString(), "ensemble of 2");
        JsonObject together = json.getAsJsonObject("ensemble of 2");
        // By Jensen's inequality: minus the logarithm is convex.
        double mean = (run.metric("test_loss") + new RunFolder(second).metric("test_loss")) / 2;
        assertThat(together.get("loss").getAsDouble()).isPositive().isLessThan(mean);
        assertThat(together.get("accuracy").getAsDouble()).isGreaterThan(0.95);
    }

    @Test
    void networksOfOtherRowsAreNoEnsemble() throws IOException {
        Path other = folder.resolve("other");
        nurture.run(
                        "run",
                        run.definition(),
                        "seed=232",
                        "training.epochs=1",
                        "expect.test_accuracy=>= 0.5",
                        "--run-dir",
                        other.toString())
                .exits(0);
        Nurture.Outcome refused = nurture.run("evaluate", run.path().toString(), other.toString());
        assertThat(refused.exits(2).err())
                .contains(other + ": its rows are not those of " + run.path())
                .contains("the same data, split and seed");
    }

    @Test
    void whatIsNoRunIsNotEvaluated() throws IOException {
        Path nothing = Files.createDirectories(folder.resolve("nothing"));
        nurture.run("evaluate", nothing.toString())
                .refuses("error: " + nothing + ": is no run directory: it has no experiment.yaml");
        assertThat(Nurture.names(nothing)).isEmpty();
    }

    @Test
    void aSpoiltCheckpointIsNamedAndTheOneBeforeItIsTaken() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("spoilt/checkpoints"));
        Files.copy(run.path().resolve("experiment.yaml"), copy.resolveSibling("experiment.yaml"));
        for (String name : run.checkpoints()) {
            Files.copy(run.path().resolve("checkpoints").resolve(name), copy.resolve(name));
        }
        Path last = copy.resolve("step-1200.safetensors");
        byte[] bytes = Files.readAllBytes(last);
        bytes[bytes.length / 2] ^= 1;
        Files.write(last, bytes);
        Nurture.Outcome evaluated = nurture.run(
                        "evaluate", copy.getParent().toString(), "--split", "validation", "--json")
                .exits(0);
        assertThat(evaluated.err())
                .contains("warning: ")
                .contains(last.toString())
                .contains("its content does not match its SHA-256");
        double before = Double.parseDouble(run.metrics().get(EPOCHS - 2)[5]);
        assertThat(JsonParser.parseString(evaluated.out())
                        .getAsJsonObject()
                        .getAsJsonObject(copy.getParent().toString())
                        .get("loss")
                        .getAsDouble())
                .isEqualTo(before);
        assertThat(new String(Files.readAllBytes(run.path().resolve("experiment.yaml")), StandardCharsets.UTF_8))
                .startsWith("name: digits\nseed: 231\n");
    }
}

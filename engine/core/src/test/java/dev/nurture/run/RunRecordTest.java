package dev.nurture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.nurture.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunRecordTest extends InRun {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07.1234Z");

    private final Hands hands = new Hands();
    private long nanos;

    @Test
    void aStageThatWasOverBeforeTheRecordBeganStandsInItsPlace() throws IOException {
        RunRecord record = record();
        record.done("prepare", 0.75);
        record.begin("train");
        assertThat(stage(0)).isEqualTo("{\"name\":\"prepare\",\"status\":\"succeeded\",\"seconds\":0.75}");
        assertThat(stage(1)).isEqualTo("{\"name\":\"train\",\"status\":\"running\",\"seconds\":0.0}");
        assertThatIllegalStateException().isThrownBy(() -> record.done("check", 1));
    }

    @Test
    void theFileIsWholeAndTrueAfterEachChange() throws IOException {
        RunRecord record = record();
        assertThat(json().get("status").getAsString()).isEqualTo("running");
        assertThat(summary().exit()).isEmpty();
        assertThat(json().get("exit").isJsonNull()).isTrue();

        record.provenance(provenance());
        record.begin("train");
        assertThat(stage(0)).isEqualTo("{\"name\":\"train\",\"status\":\"running\",\"seconds\":0.0}");

        nanos += 1_500_000_000;
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("initial_loss", 2.3026);
        metrics.put("train_loss", Double.NaN);
        record.metrics(metrics);
        record.metrics(Map.of("validation_loss", Double.NEGATIVE_INFINITY));
        record.end();
        assertThat(stage(0)).isEqualTo("{\"name\":\"train\",\"status\":\"succeeded\",\"seconds\":1.5}");

        record.begin("evaluate");
        nanos += 250_000_000;
        hands.now = START.plusSeconds(2);
        record.judged(
                "good",
                List.of(
                        new RunRecord.Judgement("train_loss", "> 1.0", Double.NaN, false),
                        new RunRecord.Judgement("findings", "none", "none", true)));
        record.finish(Status.FAILED, 1, "The disk is full.");
        assertThat(stage(1)).isEqualTo("{\"name\":\"evaluate\",\"status\":\"failed\",\"seconds\":0.25}");

        // What comes late, from a shutdown hook perhaps, does not rewrite history.
        record.finish(Status.INTERRUPTED, 143, "Terminated.");
        assertThat(Files.readString(run.files().record())).startsWith("""
                        {
                          "name": "digits",
                          "status": "failed",
                          "started": "2026-03-04T05:06:07.123Z",
                          "finished": "2026-03-04T05:06:09.123Z",
                          "exit": 1,
                          "cause": "The disk is full.",
                          "stages": [
                        """).contains("""
                          "metrics": {
                            "initial_loss": 2.3026,
                            "train_loss": "NaN",
                            "validation_loss": "-Infinity"
                          },
                          "curve": "good",
                          "expectations": [
                            {
                              "what": "train_loss",
                              "expected": "> 1.0",
                              "measured": "NaN",
                              "met": false
                            },
                            {
                              "what": "findings",
                              "expected": "none",
                              "measured": "none",
                              "met": true
                            }
                          ],
                          "checks": [],
                          "findings": [],
                          "seed": -231,
                          "provenance": {
                        """);
        assertThatIllegalStateException().isThrownBy(() -> record.begin("report"));
        assertThatIllegalStateException().isThrownBy(record::end);
    }

    @Test
    void provenanceSaysWhatTheRunWasMadeWith() throws IOException {
        record().provenance(provenance());
        JsonObject provenance = json().getAsJsonObject("provenance");
        assertThat(provenance.keySet())
                .containsExactly(
                        "nurture",
                        "java",
                        "os",
                        "processors",
                        "blas",
                        "threads",
                        "definition_sha256",
                        "data_sha256",
                        "plugins");
        assertThat(provenance.getAsJsonObject("java").get("version").getAsString())
                .isEqualTo(Runtime.version().toString().replaceFirst("[-+].*", ""));
        assertThat(provenance.getAsJsonObject("os").get("arch").getAsString()).isEqualTo(System.getProperty("os.arch"));
        assertThat(provenance.get("processors").getAsInt()).isPositive();
        assertThat(provenance.get("blas").getAsString()).isEqualTo("OpenBLAS 0.3.31 <Haswell>");
        assertThat(provenance.get("plugins").toString())
                .isEqualTo(
                        "[{\"name\":\"nurture-losses\",\"version\":\"1.0\",\"jar\":\"losses.jar\",\"sha256\":\"ef\"}]");
    }

    @Test
    void durationsDoNotComeFromTheWallClock() throws IOException {
        RunRecord record = record();
        record.begin("train");
        hands.now = START.minus(Duration.ofDays(400));
        nanos += 1_000_000;
        record.end();
        assertThat(stage(0)).contains("\"seconds\":0.001}");
        record.begin("evaluate");
        nanos -= 5;
        record.end();
        assertThat(stage(1)).contains("\"seconds\":0.0}");
    }

    @Test
    void aStageBeginsWhenTheOneBeforeHasEnded() throws IOException {
        RunRecord record = record();
        assertThatIllegalStateException().isThrownBy(record::end);
        record.begin("prepare");
        assertThatIllegalStateException().isThrownBy(() -> record.begin("train"));
    }

    @Test
    void aFailureLeavesTheRecordBefore() throws IOException {
        RunRecord record = record();
        storage.failAt(Integer.MAX_VALUE);
        record.begin("a");
        int changes = storage.changes().size();
        assertThat(changes).isEqualTo(6);
        for (int i = 0; i < changes; i++) {
            storage.failAt(i);
            String before = Files.readString(run.files().record());
            double value = i;
            assertThatThrownBy(() -> record.metrics(Map.of("x", value)))
                    .hasMessage(run.files().record() + " could not be written: No space left on device");
            if (i < changes - 1) {
                assertThat(run.files().record()).hasContent(before);
            }
            assertThat(summary().status()).isEqualTo(Status.RUNNING);
            assertThat(folder.resolve("run/run.json.tmp")).doesNotExist();
        }
    }

    @Test
    void anEndThatCouldNotBeWrittenCanBeTriedAgain() throws IOException {
        RunRecord record = record();
        storage.failAt(1);
        assertThatThrownBy(() -> record.finish(Status.FAILED, 1, "The disk is full."))
                .isInstanceOf(IOException.class);
        assertThat(summary().status()).isEqualTo(Status.RUNNING);
        record.finish(Status.FAILED, 1, "The disk is full.");
        assertThat(summary().cause()).contains("The disk is full.");
    }

    @Test
    void whatIsWrittenCanBeReadBack() throws IOException {
        RunRecord record = record();
        record.metrics(Map.of("test_accuracy", 0.975));
        record.metrics(Map.of("test_loss", Double.POSITIVE_INFINITY));
        assertThat(summary())
                .isEqualTo(new RunSummary(
                        "digits",
                        Status.RUNNING,
                        Instant.parse("2026-03-04T05:06:07.123Z"),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        -231,
                        Map.of("test_accuracy", 0.975, "test_loss", Double.POSITIVE_INFINITY)));
        record.finish(Status.SUCCEEDED, 0, null);
        assertThat(summary().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(summary().exit()).hasValue(0);
        assertThat(summary().cause()).isEmpty();
        assertThat(summary().finished()).contains(Instant.parse("2026-03-04T05:06:07.123Z"));
    }

    @Test
    void aResumedRunKeepsWhatWasRecorded() throws IOException {
        RunRecord record = record();
        record.provenance(provenance());
        record.done("prepare", 0.75);
        record.metrics(Map.of("train_loss", Double.NaN));
        record.begin("train");
        JsonObject before = json();
        hands.now = START.plusSeconds(60);
        RunRecord resumed = RunRecord.resume(run, 23, List.of("Java was 17, is 21"), hands, () -> nanos);
        assertThat(json().get("status").getAsString()).isEqualTo("running");
        for (String kept : List.of("name", "started", "metrics", "seed", "provenance")) {
            assertThat(json().get(kept)).as(kept).isEqualTo(before.get(kept));
        }
        assertThat(stage(0)).isEqualTo("{\"name\":\"prepare\",\"status\":\"succeeded\",\"seconds\":0.75}");
        assertThat(stage(1)).isEqualTo("{\"name\":\"train\",\"status\":\"interrupted\",\"seconds\":0.0}");
        String entry = "{\"started\":\"2026-03-04T05:07:07.123Z\",\"step\":23,\"drift\":[\"Java was 17, is 21\"]}";
        assertThat(json().get("resumed").toString()).isEqualTo("[" + entry + "]");

        resumed.begin("train");
        nanos += 1_000_000_000;
        resumed.finish(Status.INTERRUPTED, 143, "interrupted");
        RunRecord.resume(run, 46, List.of(), hands, () -> nanos);
        assertThat(stage(2)).isEqualTo("{\"name\":\"train\",\"status\":\"interrupted\",\"seconds\":1.0}");
        assertThat(json().getAsJsonArray("resumed")).hasSize(2);
        assertThat(json().get("exit").isJsonNull()).isTrue();
        assertThat(json().get("cause").isJsonNull()).isTrue();
        assertThat(json().get("finished").isJsonNull()).isTrue();

        for (String text : List.of("", "{", "[]", "{\"name\": \"x\"}", "7")) {
            Files.writeString(run.files().record(), text);
            assertThatThrownBy(() -> RunRecord.resume(run, 1, List.of()))
                    .isInstanceOf(RunDirectoryException.class)
                    .hasMessageContaining("has a run.json that cannot be understood");
        }
    }

    @Test
    void aRecordThatMakesNoSenseIsRefused() throws IOException {
        assertThatThrownBy(this::summary)
                .isInstanceOf(RunDirectoryException.class)
                .hasMessage("run directory " + folder.resolve("run") + " is none: it has no run.json");
        for (String text : List.of(
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{'name':'x'}",
                "{\"name\":\"x\",\"status\":\"happy\",\"metrics\":{}}",
                "{\"name\":\"x\",\"status\":\"running\",\"metrics\":[]}",
                "{\"name\":\"x\",\"status\":\"running\",\"started\":\"2026-03-04T05:06:07Z\",\"seed\":1,\"metrics\":{\"a\":{}}}",
                "{\"name\":\"x\",\"status\":\"running\",\"started\":\"today\",\"seed\":1,\"metrics\":{}}",
                "{\"name\":\"x\",\"status\":\"running\",\"started\":\"2026-03-04T05:06:07Z\",\"seed\":\"one\",\"metrics\":{}}")) {
            Files.writeString(run.files().record(), text);
            assertThatThrownBy(this::summary)
                    .as(text)
                    .isInstanceOf(RunDirectoryException.class)
                    .hasMessageContaining("run.json that cannot be understood");
        }
    }

    private RunRecord record() throws IOException {
        return new RunRecord(run, "digits", -231, hands, () -> nanos);
    }

    private RunSummary summary() throws IOException {
        return RunSummary.read(storage, run.files().folder());
    }

    private JsonObject json() throws IOException {
        return JsonParser.parseString(Files.readString(run.files().record())).getAsJsonObject();
    }

    private String stage(int index) throws IOException {
        return json().getAsJsonArray("stages").get(index).toString();
    }

    private static Provenance provenance() {
        return Provenance.here(
                "OpenBLAS 0.3.31 <Haswell>",
                2,
                "ab",
                "cd",
                List.of(new PluginJar("nurture-losses", "1.0", Path.of("somewhere/losses.jar"), "ef")));
    }

    /** A clock whose hands can be set. */
    private static final class Hands extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}

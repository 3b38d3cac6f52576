package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run ends that was begun but did not go as wished: its exit status, its record, and what else it leaves. */
class RunEndIT {
    @TempDir
    Path folder;

    private RunFolder run;
    private Nurture nurture;

    @BeforeEach
    void prepare() {
        nurture = new Nurture(folder);
        run = new RunFolder(folder.resolve("run"));
    }

    private String[] digits(String... overrides) {
        return Stream.concat(
                        Stream.of("run", Nurture.shipped("digits"), "--run-dir", "run", "--progress", "none"),
                        Stream.of(overrides))
                .toArray(String[]::new);
    }

    @Test
    void aLossThatIsNotFiniteStopsTraining() throws IOException {
        Nurture.Outcome outcome = nurture.run(
                        digits("optimizer.type=sgd", "optimizer.learning_rate=1e30", "checks=false"))
                .exits(4);
        assertThat(outcome.err()).startsWith("error: non_finite: the loss is not finite after step ");
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.record().get("cause").getAsString()).startsWith("the loss is not finite after step ");
        assertThat(run.record().getAsJsonObject("metrics").keySet()).doesNotContain("test_loss", "test_accuracy");
        JsonObject finding = run.findings().get(0).getAsJsonObject();
        assertThat(finding.keySet())
                .containsExactly(
                        "fault",
                        "severity",
                        "phase",
                        "subject",
                        "measured",
                        "threshold",
                        "message",
                        "advice",
                        "source");
        assertThat(finding.get("fault").getAsString()).isEqualTo("non_finite");
        assertThat(finding.get("severity").getAsString()).isEqualTo("fail");
        assertThat(finding.get("advice").getAsString()).contains("optimizer.learning_rate");
        assertThat(run.checkpoints()).isEmpty();
    }

    @Test
    void anExpectationThatIsNotMetIsSaid() throws IOException {
        Nurture.Outcome outcome = nurture.run(digits("training.epochs=1", "expect.test_accuracy=>= 0.999"))
                .exits(5);
        String sentence = "test_accuracy is " + run.metric("test_accuracy") + ", expected >= 0.999";
        assertThat(outcome.err()).isEqualTo("error: expectation not met: " + sentence + "\n");
        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.record().get("cause").getAsString()).isEqualTo(sentence);
        assertThat(run.checkpoints()).containsExactly("step-40.safetensors");
    }

    @Test
    void sigintEndsTheRunWith130() throws Exception {
        interrupted("INT", 130);
    }

    /** While it runs, its folder is nobody else's. */
    @Test
    void sigtermEndsTheRunWith143() throws Exception {
        interrupted("TERM", 143);
    }

    private void interrupted(String signal, int status) throws Exception {
        if (ignoresSigint()) {
            // As the shell has it for what it starts in the background; the process would inherit that.
            nurture.by("env", "--default-signal=INT");
        }
        Nurture.Started started = nurture.start(digits("training.epochs=1000000"));
        try {
            started.awaitLine("1 ");
            assertThat(run.status()).isEqualTo("running");
            if (signal.equals("TERM")) {
                refusesTheRunDirectory(started.process().pid());
            }
            started.signal(signal);
            Nurture.Outcome outcome = started.end().exits(status);
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).contains("\nstopped       interrupted\n");
        } finally {
            started.process().destroyForcibly();
        }
        assertThat(run.status()).isEqualTo("interrupted");
        assertThat(run.exit()).isEqualTo(status);
        JsonArray stages = run.record().getAsJsonArray("stages");
        JsonObject training = stages.get(stages.size() - 1).getAsJsonObject();
        assertThat(training.get("name").getAsString()).isEqualTo("train");
        assertThat(training.get("status").getAsString()).isEqualTo("interrupted");
        assertThat(Nurture.names(run.path())).noneMatch(name -> name.contains("tmp"));

        // The last finished epoch is in the log, and the steps after it in a checkpoint that can be evaluated.
        List<String[]> epochs = run.metrics();
        String[] last = epochs.get(epochs.size() - 1);
        assertThat(run.metric("train_loss")).isEqualTo(Double.parseDouble(last[3]));
        long finished = Long.parseLong(last[1]);
        long latest = run.latestStep();
        Map<String, String> metadata = Safetensors.read(run.checkpoint(latest)).metadata();
        assertThat(metadata.get("cursor")).isEqualTo(Long.toString(latest - finished));
        assertThat(metadata.get("epoch")).isEqualTo(Integer.toString(epochs.size()));
        nurture.run("evaluate", "run", "--split", "validation", "--json").exits(0);
    }

    private void refusesTheRunDirectory(long owner) throws IOException {
        List<String> before = Nurture.names(run.path());
        Nurture.Outcome refused = new Nurture(folder).run(digits()).exits(75);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).isEqualTo("error: run directory run is in use by process " + owner + "\n");
        assertThat(Nurture.names(run.path())).isEqualTo(before);
        assertThat(run.status()).isEqualTo("running");
    }

    /** Tells whether this process, and so what it starts, ignores SIGINT. */
    private static boolean ignoresSigint() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}

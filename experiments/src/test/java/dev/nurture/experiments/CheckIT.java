package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check-up as a command, before a run, and what is done with its advice. */
class CheckIT {
    /** A healthy network, to which each fault is added; it comes to a test accuracy of .96 to .98. */
    private static final String HEALTHY = """
            name: control
            data: digits
            preprocess: [zero_mean, {type: scale, factor: 0.125}]
            model:
              - {type: dense, units: 100, initializer: he, activation: relu}
              - {type: dense, units: 10, initializer: xavier}
            optimizer: {type: sgd, learning_rate: 0.1}
            training: {epochs: 20, batch_size: 32}
            """;

    @TempDir
    Path folder;

    private Nurture nurture;

    @BeforeEach
    void write() throws IOException {
        nurture = new Nurture(folder);
        Files.writeString(folder.resolve("control.yaml"), HEALTHY);
    }

    private RunFolder in(String name) {
        return new RunFolder(folder.resolve(name));
    }

    @Test
    void aHealthyExperimentPassesEveryCheckAndTrainsNothing() throws IOException {
        Nurture.Outcome outcome = nurture.run("check", Nurture.shipped("digits"), "--run-dir", "healthy")
                .exits(0);
        assertThat(outcome.out())
                .contains("overfit_subset", "gradient", "initial_loss", "healthy       nothing found in ")
                .doesNotContain(" fail ", " warn ");
        assertThat(Nurture.names(folder.resolve("healthy")))
                .containsExactly(".lock", "experiment.yaml", "findings.json", "report.html", "run.json");
        assertThat(in("healthy").findings()).isEmpty();
        JsonObject record = in("healthy").record();
        assertThat(record.get("status").getAsString()).isEqualTo("succeeded");
        assertThat(record.getAsJsonArray("findings")).isEmpty();
        assertThat(record.getAsJsonArray("stages")).hasSize(2);
    }

    @Test
    void aSickOneIsNotTrainedAndTheRecordSaysWhy() throws IOException {
        String[] sick = {"control.yaml", "optimizer.learning_rate=1.0e6", "--run-dir"};
        for (String command : List.of("check", "run")) {
            List<String> words = new ArrayList<>(List.of(command));
            words.addAll(List.of(sick));
            words.add(command);
            nurture.run(words.toArray(String[]::new)).exits(3);
            JsonObject headline = in(command).findings().get(0).getAsJsonObject();
            assertThat(headline.get("fault").getAsString()).isEqualTo("learning_rate_high");
            assertThat(headline.get("severity").getAsString()).isEqualTo("fail");
            assertThat(headline.getAsJsonArray("changes").get(0).getAsString()).startsWith("optimizer.learning_rate=");
            JsonObject record = in(command).record();
            assertThat(record.get("exit").getAsInt()).isEqualTo(3);
            assertThat(record.getAsJsonArray("findings")).isEqualTo(in(command).findings());
            assertThat(folder.resolve(command).resolve("checkpoints")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "learning_rate_high, optimizer.learning_rate=1.0e6",
        "learning_rate_low, optimizer.learning_rate=1.0e-9",
        "symmetric_init, model[0].initializer=zero",
        "regularization_overwhelms, regularization.l2=1.0e3",
        "input_scale, preprocess[1].factor=1.0e5"
    })
    void whatIsAdvisedMakesTheNetworkAsGoodAsTheHealthyOne(String fault, String injected) throws IOException {
        nurture.run("run", "control.yaml", "--run-dir", "healthy", "--progress", "none")
                .exits(0);
        Nurture.Outcome outcome = nurture.run("check", "control.yaml", injected, "--fix", "--run-dir", "sick");
        assertThat(outcome.exit())
                .as("exit status; %s%s", outcome.out(), outcome.err())
                .isEqualTo(3);
        assertThat(in("sick").findings().get(0).getAsJsonObject().get("fault").getAsString())
                .isEqualTo(fault);
        assertThat(outcome.out()).contains("; kept", "patch", "left          nothing to be found");
        assertThat(folder.resolve("control.yaml")).hasContent(HEALTHY);

        nurture.run("run", "sick/repaired.yaml", "--run-dir", "repaired", "--progress", "none")
                .exits(0);
        assertThat(in("repaired").metric("test_accuracy"))
                .isGreaterThan(in("healthy").metric("test_accuracy") - 0.02);
    }

    @Test
    void checksAndMonitorsChangeNoBitOfTheRun() throws IOException {
        String[] run = {"run", Nurture.shipped("digits"), "training.epochs=3", "expect.test_accuracy=>= 0", "--progress"
        };
        run(run, "none", "--run-dir", "with", "monitors.interval=1").exits(0);
        run(run, "none", "--run-dir", "without", "checks=false", "monitors=false")
                .exits(0);
        assertThat(in("with").findings()).isEmpty();
        assertThat(in("with").metricsBytes()).isEqualTo(in("without").metricsBytes());
        assertThat(in("with").checkpoints())
                .isNotEmpty()
                .isEqualTo(in("without").checkpoints());
        for (String name : in("with").checkpoints()) {
            assertThat(folder.resolve("with/checkpoints").resolve(name))
                    .hasSameBinaryContentAs(
                            folder.resolve("without/checkpoints").resolve(name));
        }
    }

    private Nurture.Outcome run(String[] command, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(more));
        return nurture.run(words.toArray(String[]::new));
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run does not go on with anything but what it was begun with, unless it is told to. */
class ResumeDriftIT {
    private static final String DEFINITION = """
            data: {type: csv, path: rows.csv, target: kind, validation: 0.2, test: 0}
            model:
              - {type: dense, units: 8, initializer: he, activation: bent}
              - {type: dense, units: 2, initializer: xavier}
            optimizer: {type: sgd, learning_rate: 1.0e-3}
            training: {epochs: 1000000, batch_size: 16}
            checks: {gradient: false}
            """;

    @TempDir
    Path folder;

    private Nurture nurture;
    private RunFolder run;

    /** Leaves a run that SIGTERM has ended. */
    @BeforeEach
    void begin() throws Exception {
        nurture = new Nurture(folder);
        run = new RunFolder(folder.resolve("run"));
        Random random = new Random(5);
        StringBuilder rows = new StringBuilder("a,b,kind\n");
        for (int i = 0; i < 200; i++) {
            float a = random.nextFloat();
            float b = random.nextFloat();
            rows.append(a).append(',').append(b).append(a > b ? ",more\n" : ",less\n");
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        Files.writeString(folder.resolve("drift.yaml"), DEFINITION);
        BentPlugin.write(folder.resolve("plugins"), BentPlugin.BENT);
        Nurture.Started started = nurture.start("run", "drift.yaml", "--run-dir", "run", "--progress", "none");
        try {
            started.awaitLine("1 ");
            started.signal("TERM");
            started.end().exits(143);
        } finally {
            started.process().destroyForcibly();
        }
    }

    @Test
    void whatHasChangedIsNamedWithBothValues() throws IOException {
        JsonObject provenance = run.record().getAsJsonObject("provenance");
        String record = Files.readString(run.path().resolve("run.json"));

        Path rows = folder.resolve("rows.csv");
        String before = Files.readString(rows);
        Files.writeString(rows, before.replaceFirst("0\\.", "0.1"));
        refuses("the data's SHA-256 was " + provenance.get("data_sha256").getAsString() + ", is [0-9a-f]{64}");
        Files.writeString(rows, before);

        Path definition = Path.of(run.definition());
        before = Files.readString(definition);
        Files.writeString(definition, before.replaceFirst("learning_rate: [^,}]+", "learning_rate: 0.002"));
        refuses("the definition's SHA-256 was "
                + provenance.get("definition_sha256").getAsString() + ", is [0-9a-f]{64}");
        Files.writeString(definition, before);

        // The same part, beside another one.
        String was = jarSha256();
        BentPlugin.write(folder.resolve("plugins"), BentPlugin.BENT, BentPlugin.SUMMED);
        String is = jarSha256();
        refuses("plugin bent was 1\\.0 " + was + ", is 1\\.0 " + is);
        assertThat(Files.readString(run.path().resolve("run.json"))).isEqualTo(record);
    }

    private String jarSha256() throws IOException {
        return Sha256.of(Files.readAllBytes(folder.resolve("plugins/bent.jar")));
    }

    private void refuses(String drift) throws IOException {
        Nurture.Outcome outcome = nurture.run("resume", "run").exits(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .matches("error: run run cannot go on as it was \\(--force goes on all the same\\): " + drift + "\n");
    }

    @Test
    void forceGoesOnWithAWarningAndRecordsIt() throws IOException {
        Path definition = Path.of(run.definition());
        int epochs = run.metrics().size() + 2;
        Files.writeString(definition, Files.readString(definition).replace("epochs: 1000000", "epochs: " + epochs));
        Nurture.Outcome outcome =
                nurture.run("resume", "run", "--progress", "none", "--force").exits(0);
        assertThat(outcome.err()).startsWith("warning: the definition's SHA-256 was ");
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(run.metrics()).hasSize(epochs);
        assertThat(run.status()).isEqualTo("succeeded");
        JsonObject resumed = run.record().getAsJsonArray("resumed").get(0).getAsJsonObject();
        assertThat("warning: " + resumed.getAsJsonArray("drift").get(0).getAsString() + "\n")
                .isEqualTo(outcome.err());
    }
}

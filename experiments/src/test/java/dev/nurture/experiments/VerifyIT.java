package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is trained again, and is found the same or not. */
class VerifyIT {
    @TempDir
    static Path folder;

    /** Where what was trained again is kept, if it is. */
    private Path temporary;

    private Nurture nurture;
    private RunFolder run;

    @BeforeAll
    static void train() throws IOException {
        Nurture nurture = new Nurture(folder);
        nurture.run(
                        "run",
                        nurture.resource("small_convolutions.yaml"),
                        "training.early_stopping.patience=2",
                        "--run-dir",
                        "whole",
                        "--progress",
                        "none")
                .exits(0);
    }

    @BeforeEach
    void prepare(@TempDir Path temporary) {
        this.temporary = temporary;
        nurture = new Nurture(folder).with("NURTURE_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    }

    /** Makes a copy of the run. */
    private void copy(String name) throws IOException {
        Path whole = folder.resolve("whole");
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve(name).resolve(whole.relativize(file).toString()));
            }
        }
        run = new RunFolder(folder.resolve(name));
    }

    private static Map<String, String> content(Path run) throws IOException {
        Map<String, String> content = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                content.put(run.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    @Test
    void anHonestRunIsTheSameAndLeftAsItIs() throws IOException {
        copy("honest");
        Map<String, String> before = content(run.path());
        Nurture.Outcome outcome =
                nurture.run("verify", "honest", "--progress", "none").exits(0);
        int checkpoints = run.checkpoints().size();
        int tensors = Safetensors.read(run.latest()).tensors().size() - 1;
        assertThat(outcome.out())
                .isEqualTo("honest: the same, bit for bit: 3 epochs, " + checkpoints + " checkpoints of "
                        + checkpoints * tensors + " tensors\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(content(run.path())).isEqualTo(before);
        assertThat(Nurture.names(temporary)).noneMatch(name -> name.startsWith("nurture-verify"));
    }

    @Test
    void aRunWhoseTensorAndLogWereAlteredIsNot() throws IOException {
        copy("altered");
        Path file = run.latest();
        Safetensors.Tensor tensor = Safetensors.read(file).tensors().get("dense_2.bias");
        byte[] bytes = Files.readAllBytes(file);
        int place = (int) tensor.begin() + 3 * Float.BYTES;
        float was = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(place);
        bytes[place] ^= 1;
        float is = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(place);
        // The checksum is right: somebody took pains.
        byte[] sum = HexFormat.of().parseHex(Sha256.of(bytes, bytes.length - 32));
        System.arraycopy(sum, 0, bytes, bytes.length - 32, 32);
        Files.write(file, bytes);
        String[] second = run.metrics().get(1);
        Path log = run.path().resolve("metrics.csv");
        Files.writeString(log, Files.readString(log).replace("," + second[4] + ",", ",0.9999,"));

        JsonObject json = JsonParser.parseString(
                        nurture.run("verify", "altered", "--json").exits(5).out())
                .getAsJsonObject();
        assertThat(json.get("same").getAsBoolean()).isFalse();
        assertThat(json.get("first_epoch").getAsInt()).isEqualTo(2);
        JsonObject row = json.getAsJsonArray("differences").get(0).getAsJsonObject();
        assertThat(row.get("where").getAsString()).isEqualTo("metrics.csv, epoch 2");
        assertThat(row.get("what").getAsString()).isEqualTo("train_accuracy");
        assertThat(row.get("was").getAsString()).isEqualTo("0.9999");
        assertThat(row.get("is").getAsString()).isEqualTo(second[4]);
        JsonObject weights = json.getAsJsonArray("differences").get(1).getAsJsonObject();
        assertThat(weights.get("where").getAsString())
                .isEqualTo(file.getFileName().toString());
        assertThat(weights.get("what").getAsString())
                .isEqualTo("tensor dense_2.bias (1 of 10 values, the first at [3])");
        assertThat(weights.get("was").getAsString()).startsWith(is + " (");
        assertThat(weights.get("is").getAsString()).startsWith(was + " (");

        // What was made now can be looked at.
        RunFolder again = new RunFolder(Path.of(json.get("made_again").getAsString()));
        assertThat(again.path()).hasParent(temporary);
        assertThat(again.metricsBytes())
                .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve("metrics.csv")));
        assertThat(Arrays.equals(Files.readAllBytes(again.latest()), bytes)).isFalse();
    }

    @Test
    void aRunThatCannotBeMadeAgainAsItWasIsRefused() throws IOException {
        copy("drifted");
        Path definition = Path.of(run.definition());
        String before = Files.readString(definition);
        Files.writeString(definition, before.replaceFirst("learning_rate: 0.002", "learning_rate: 0.003"));
        Nurture.Outcome outcome = nurture.run("verify", "drifted").exits(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .matches("error: run drifted cannot be made again as it was \\(--force tries all the same\\):"
                        + " the definition's SHA-256 was [0-9a-f]{64}, is [0-9a-f]{64}\n");
        Nurture.Outcome forced = nurture.run("verify", "drifted", "--force", "--progress", "none")
                .exits(5);
        assertThat(forced.err()).startsWith("warning: the definition's SHA-256 was ");
        assertThat(forced.out())
                .startsWith("drifted: not the same, from epoch 1 on\n  metrics.csv, epoch 1: learning_rate was");

        nurture.run("verify", "nothing").refuses("error: run directory nothing is none: it has no run.json");
    }

    @Test
    void aRunThatWasInterruptedIsComparedAsFarAsItWent() throws Exception {
        run = new RunFolder(folder.resolve("cut"));
        Nurture.Started started = nurture.start(
                "run",
                "small_convolutions.yaml",
                "training.epochs=1000000",
                "training.early_stopping.patience=1000000",
                "--run-dir",
                "cut",
                "--progress",
                "none");
        try {
            started.awaitLine("1 ");
            while (run.metrics().size() < 2) {
                Thread.sleep(5);
            }
            started.signal("TERM");
            started.end().exits(143);
        } finally {
            started.process().destroyForcibly();
        }
        Nurture.Outcome outcome =
                nurture.run("verify", "cut", "--progress", "none").exits(0);
        assertThat(outcome.out())
                .startsWith("cut: the same, bit for bit: " + run.metrics().size() + " epochs, ")
                .endsWith(" tensors; that is as far as the run went\n");
    }
}

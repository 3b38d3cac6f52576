package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No epochs: the network is looked at as it is before training. */
class UntrainedIT {
    private static final String TANH = """
            data: {type: gaussian, points: 500, classes: 2, features: 500, separation: 0, validation: 0, test: 0}
            model:
              - {type: dense, units: 500, activation: tanh, initializer: {type: normal, std: 0.01}}
              - {type: dense, units: 500, activation: tanh, initializer: {type: normal, std: 0.01}}
              - {type: dense, units: 2, initializer: {type: normal, std: 0.01}}
            training: {epochs: 0, batch_size: 1000}
            checks: false
            """;

    @TempDir
    Path folder;

    private Nurture nurture;
    private RunFolder run;

    @BeforeEach
    void prepare() {
        nurture = new Nurture(folder);
        run = new RunFolder(folder.resolve("run"));
    }

    private Nurture.Outcome run(String definition, String... changes) throws IOException {
        Files.writeString(folder.resolve("net.yaml"), definition);
        String[] arguments = new String[5 + changes.length];
        List<String> fixed = List.of("run", "net.yaml", "--run-dir", "run", "--progress=none");
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i < 5 ? fixed.get(i) : changes[i - 5];
        }
        return nurture.run(arguments);
    }

    /** The figures that the lecture prints for the first layers of ten. */
    @Test
    void itsActivationsAreMeasuredOverTheWholeBatch() throws IOException {
        Nurture.Outcome outcome = run(TANH
                        + "expect: {activation_std: {dense_1: 0.2132 +- 0.001, dense_2: 0.0476 +- 0.0006}}\n")
                .exits(0);
        assertThat(outcome.out()).contains("initial loss").doesNotContain("learning rate");
        assertThat(run.metric("initial_loss")).isCloseTo(Math.log(2), offset(1e-3));
        assertThat(run.checkpoints()).containsExactly("step-0.safetensors");
        assertThat(Files.readAllLines(folder.resolve("run/metrics.csv"))).hasSize(1);
        List<String> kinds = Files.readAllLines(folder.resolve("run/history.jsonl")).stream()
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
        assertThat(kinds).containsExactly("{\"kind\":\"plan\"", "{\"kind\":\"sample\"", "{\"kind\":\"histograms\"");
    }

    @Test
    void nothingInItChanges() throws IOException {
        String batch = TANH.replace("activation: tanh", "normalization: batch, activation: relu");
        run(batch).exits(0);
        assertThat(bytes(run.checkpoint(0), "dense_1.normalization.mean"))
                .as("the running mean of batch normalization")
                .containsOnly(0);
        // The first step of a training begins from the same weights: a rate of nearly nothing leaves them.
        nurture.run(
                        "run",
                        "net.yaml",
                        "--run-dir",
                        "trained",
                        "--progress=none",
                        "training.epochs=1",
                        "optimizer={type: sgd, learning_rate: 1.0e-30}")
                .exits(0);
        RunFolder trained = new RunFolder(folder.resolve("trained"));
        assertThat(bytes(trained.checkpoint(1), "dense_1.weight"))
                .isEqualTo(bytes(run.checkpoint(0), "dense_1.weight"));
        assertThat(trained.metric("initial_loss")).isEqualTo(run.metric("initial_loss"));
    }

    @Test
    void whatIsExpectedOfALayerThatIsNotThereIsSaid() throws IOException {
        Nurture.Outcome outcome =
                run(TANH + "expect: {activation_std: {dens_1: \"> 0\"}}\n").exits(2);
        assertThat(outcome.err())
                .contains("expect.activation_std.dens_1: there is no layer 'dens_1'; did you mean 'dense_1'?");
        outcome = run(TANH + "expect: {update_ratio: {dense_1.weigth: \"> 0\"}}\n")
                .exits(2);
        assertThat(outcome.err()).contains("there is no weight 'dense_1.weigth'; did you mean 'dense_1.weight'?");
        outcome = run(TANH + "expect: {dead_ratio: {all: \"> 0\"}}\nmonitors: false\n", "training.epochs=1")
                .exits(2);
        assertThat(outcome.err()).contains("expect.dead_ratio: nothing is measured when all monitors are off");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** A run that is stopped, or not begun, has met its expectations or not all the same; its exit status tells what ended it. */
    @Test
    void whatIsExpectedIsJudgedHoweverARunEnds() throws IOException {
        run(
                        TANH + "expect: {findings: [diverging, non_finite], curve: very_high_learning_rate}\n",
                        "training.epochs=3",
                        "optimizer={type: sgd, learning_rate: 1.0e+38}")
                .exits(4);
        assertThat(judged(0)).isEqualTo("findings expected diverging, non_finite, measured non_finite, met false");
        assertThat(judged(1))
                .isEqualTo("curve expected very_high_learning_rate, measured very_high_learning_rate, met true");
        run = new RunFolder(folder.resolve("refused"));
        nurture.run(
                        "run",
                        "net.yaml",
                        "--run-dir",
                        "refused",
                        "--progress=none",
                        "checks=null",
                        "training.epochs=3",
                        "expect=null",
                        "expect.findings=learning_rate_high",
                        "optimizer={type: sgd, learning_rate: 1.0e+38}")
                .exits(3);
        assertThat(judged(0)).endsWith("met true");
    }

    private static byte[] bytes(Path checkpoint, String tensor) throws IOException {
        Safetensors.Tensor found = Safetensors.read(checkpoint).tensors().get(tensor);
        assertThat(found).as(tensor).isNotNull();
        return found.bytes();
    }

    private String judged(int index) throws IOException {
        JsonObject one = run.record().getAsJsonArray("expectations").get(index).getAsJsonObject();
        return one.get("what").getAsString() + " expected "
                + one.get("expected").getAsString() + ", measured "
                + one.get("measured").getAsString() + ", met " + one.get("met");
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definition that a run wrote gives the same bytes again, at any number of threads. */
class ReproductionIT {
    @TempDir
    Path folder;

    @Test
    void aPerceptronGivesTheSameBytes() throws IOException {
        // Weights of more values than a tile of the update, so that there is something to divide among threads.
        reproduces(
                Nurture.shipped("digits"),
                "training.epochs=2",
                "model[0].units=700",
                "training.clip_norm=2",
                "expect.test_accuracy=>= 0.5");
    }

    @Test
    void aConvolutionalNetworkGivesTheSameBytes() throws IOException {
        reproduces(new Nurture(folder).resource("small_convolutions.yaml"));
    }

    private void reproduces(String definition, String... overrides) throws IOException {
        RunFolder first = run("first", definition, overrides);
        Path checkpoint = first.checkpoint(lastStep(first));
        Safetensors tensors = Safetensors.read(checkpoint);
        for (int threads = 1; threads <= 3; threads++) {
            String at = "at training.threads=" + threads;
            RunFolder again = run("threads-" + threads, first.definition(), "training.threads=" + threads);
            assertThat(Files.readString(again.path().resolve("experiment.yaml")))
                    .contains("threads: " + threads + ",");
            assertThat(again.metricsBytes()).as("metrics.csv " + at).isEqualTo(first.metricsBytes());
            Path same = again.checkpoint(lastStep(again));
            Safetensors.read(same)
                    .tensors()
                    .forEach((name, tensor) -> assertThat(tensor.bytes())
                            .as(name + " " + at)
                            .isEqualTo(tensors.tensors().get(name).bytes()));
            assertThat(same).as("checkpoint " + at).hasSameBinaryContentAs(checkpoint);
            assertThat(again.metric("test_loss")).as("test loss " + at).isEqualTo(first.metric("test_loss"));
        }
        // And the comparison can fail.
        assertThat(run("other", first.definition(), "seed=1").metricsBytes()).isNotEqualTo(first.metricsBytes());
    }

    private RunFolder run(String name, String definition, String... overrides) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", definition, "--run-dir", name, "--progress", "none"));
        arguments.addAll(List.of(overrides));
        new Nurture(folder).run(arguments.toArray(String[]::new)).exits(0);
        return new RunFolder(folder.resolve(name));
    }

    private static long lastStep(RunFolder run) throws IOException {
        List<String[]> lines = run.metrics();
        return Long.parseLong(lines.get(lines.size() - 1)[1]);
    }
}

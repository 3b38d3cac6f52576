package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with a part whose gradient is wrong does not begin to train, and says which jar is at fault. */
class WrongGradientIT {
    @TempDir
    Path folder;

    private Nurture nurture;
    private Path jar;

    @BeforeEach
    void dropIn() throws IOException {
        nurture = new Nurture(folder);
        jar = BentPlugin.write(folder.resolve("plugins"), BentPlugin.BENT, BentPlugin.SUMMED);
    }

    private Nurture.Outcome run(String directory, String... overrides) throws IOException {
        List<String> command = new ArrayList<>(List.of("run", Nurture.shipped("digits"), "training.epochs=2"));
        command.addAll(List.of(overrides));
        command.addAll(List.of("expect.test_accuracy=>= 0", "--run-dir", directory, "--progress", "none"));
        return nurture.run(command.toArray(String[]::new));
    }

    private JsonObject finding(String directory) throws IOException {
        String written = Files.readString(folder.resolve(directory).resolve("findings.json"));
        return JsonParser.parseString(written).getAsJsonArray().get(0).getAsJsonObject();
    }

    @Test
    void anActivationIsNamedWithItsJarThoughItStandsInAnotherPluginsLayer() throws IOException {
        Nurture.Outcome outcome = run("first", "model[2].activation=bent").exits(3);
        String named = "activation 'bent' of plugin bent 1.0 (" + jar.toRealPath() + ")";
        assertThat(outcome.err())
                .startsWith("error: wrong_gradient: the gradient with respect to dense_2.")
                .contains(named)
                .contains("name another activation at model[2].activation");
        JsonObject finding = finding("first");
        assertThat(finding.get("fault").getAsString()).isEqualTo("wrong_gradient");
        assertThat(finding.get("severity").getAsString()).isEqualTo("fail");
        assertThat(finding.get("phase").getAsString()).isEqualTo("check");
        assertThat(finding.get("subject").getAsString()).startsWith("dense_2.");
        assertThat(finding.get("measured").getAsDouble()).isBetween(0.005, 0.5);
        assertThat(finding.get("message").getAsString()).contains(named, "measured 0.", ", expected 0.");
        JsonObject record = new RunFolder(folder.resolve("first")).record();
        assertThat(record.get("status").getAsString()).isEqualTo("failed");
        assertThat(record.get("exit").getAsInt()).isEqualTo(3);
        assertThat(folder.resolve("first/metrics.csv")).doesNotExist();
    }

    @Test
    void aLossIsNamed() throws IOException {
        assertThat(run("loss", "loss=summed").exits(3).err())
                .contains("loss 'summed' of plugin bent 1.0 (" + jar.toRealPath() + ")");
        assertThat(finding("loss").get("subject").getAsString()).isEqualTo("output");
    }

    @Test
    void aWarningLetsItTrain() throws IOException {
        Nurture.Outcome outcome = run("warned", "model[2].activation=bent", "checks.gradient={on_failure: warn}")
                .exits(0);
        assertThat(outcome.err()).startsWith("warning: wrong_gradient: ");
        assertThat(finding("warned").get("severity").getAsString()).isEqualTo("warn");
        JsonObject record = new RunFolder(folder.resolve("warned")).record();
        assertThat(record.get("status").getAsString()).isEqualTo("succeeded");
    }
}

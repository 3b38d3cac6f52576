package dev.nurture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.nurture.run.FileStorage;
import dev.nurture.run.RunDirectoryException;
import dev.nurture.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDataTest {
    @TempDir
    Path folder;

    private JsonObject data() throws IOException {
        return ReportData.of(new FileStorage(), new RunFiles(folder), false);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aRunThatWasRefusedHasItsRecordAlone() throws IOException {
        write("run.json", "{\"name\": \"a\", \"status\": \"failed\"}");
        JsonObject data = data();
        assertThat(data.get("run").getAsString()).isEqualTo(folder.getFileName().toString());
        assertThat(data.get("status").getAsString()).isEqualTo("failed");
        assertThat(data.getAsJsonObject("epochs").getAsJsonArray("epoch")).isEmpty();
        assertThat(data.getAsJsonArray("layers")).isEmpty();
        assertThat(data.get("progress").isJsonNull()).isTrue();
        assertThat(data.get("confusion").isJsonNull()).isTrue();
        assertThat(data.get("regions").isJsonNull()).isTrue();
    }

    /** The run is killed, or still writes: the last lines of its logs are torn. */
    @Test
    void columnsAreMadeOfWholeLines() throws IOException {
        write("run.json", "{\"name\": \"a\", \"status\": \"running\"}");
        write("metrics.csv", """
                epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy
                1,20,0.1,2.5,,NaN,
                2,40,0.1,1.5,,Infinity,
                3,60,0.""");
        write("timings.csv", "epoch,seconds,samples_per_second\n1,0.5,4000.0\n");
        write("history.jsonl", """
                {"kind":"plan","time":1,"step":0,"epoch":0,"epochs":5,"steps":100}
                {"kind":"sample","time":1,"step":1,"epoch":1,"loss":3.0,"gradient_norm":1.0,"learning_rate":0.1,"layers":[{"name":"d","path":"model[0]","mean":0.5,"std":1.0,"saturated":null,"dead":null,"gradient":0.1}],"tensors":[]}
                {"kind":"sample","time":2,"step":21,"epoch":2,"loss":2.0,"gradient_norm":2.0,"learning_rate":0.1,"layers":[{"name":"d","path":"model[0]","mean":0.75,"std":1.0,"saturated":null,"dead":null,"gradient":0.1}],"tensors":[]}
                {"kind":"sample","ti""");
        JsonObject data = data();
        JsonObject epochs = data.getAsJsonObject("epochs");
        assertThat(epochs.get("epoch")).hasToString("[1.0,2.0]");
        assertThat(epochs.get("train_loss")).hasToString("[2.5,1.5]");
        assertThat(epochs.get("train_accuracy")).hasToString("[null,null]");
        assertThat(epochs.get("validation_loss")).hasToString("[\"NaN\",\"Infinity\"]");
        assertThat(epochs.get("seconds")).hasToString("[0.5,null]");
        assertThat(data.getAsJsonObject("samples").get("step")).hasToString("[1,21]");
        JsonObject layer = data.getAsJsonArray("layers").get(0).getAsJsonObject();
        assertThat(layer.get("path").getAsString()).isEqualTo("model[0]");
        assertThat(layer.get("mean")).hasToString("[0.5,0.75]");
        assertThat(data.get("progress")).hasToString("{\"epoch\":2,\"step\":21,\"epochs\":5,\"steps\":100}");
    }

    @Test
    void aRecordThatMakesNoSenseIsSaid() throws IOException {
        write("run.json", "[1, 2");
        assertThatThrownBy(this::data).isInstanceOf(RunDirectoryException.class).hasMessageContaining("run.json");
    }
}

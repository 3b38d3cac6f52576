package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run left, read without the engine. */
record RunFolder(Path path) {
    static final String METRICS_HEADER =
            "epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy";

    /** Returns the one run in a folder of runs. */
    static RunFolder only(Path runs) throws IOException {
        List<String> names = Nurture.names(runs);
        assertThat(names).hasSize(1);
        return new RunFolder(runs.resolve(names.get(0)));
    }

    JsonObject record() throws IOException {
        return JsonParser.parseString(Files.readString(path.resolve("run.json")))
                .getAsJsonObject();
    }

    String status() throws IOException {
        return record().get("status").getAsString();
    }

    int exit() throws IOException {
        return record().get("exit").getAsInt();
    }

    double metric(String name) throws IOException {
        JsonObject metrics = record().getAsJsonObject("metrics");
        assertThat(metrics.keySet()).contains(name);
        return metrics.get(name).getAsDouble();
    }

    JsonArray findings() throws IOException {
        return JsonParser.parseString(Files.readString(path.resolve("findings.json")))
                .getAsJsonArray();
    }

    /** Returns the cells of {@code metrics.csv} below its header. */
    List<String[]> metrics() throws IOException {
        List<String> lines = Files.readAllLines(path.resolve("metrics.csv"));
        assertThat(lines.get(0)).isEqualTo(METRICS_HEADER);
        return lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
    }

    byte[] metricsBytes() throws IOException {
        return Files.readAllBytes(path.resolve("metrics.csv"));
    }

    List<String> checkpoints() throws IOException {
        return Nurture.names(path.resolve("checkpoints"));
    }

    /** Returns the file of the checkpoint after a step. */
    Path checkpoint(long step) {
        return path.resolve("checkpoints").resolve("step-" + step + ".safetensors");
    }

    /** Returns the step of the last checkpoint. */
    long latestStep() throws IOException {
        return checkpoints().stream()
                .filter(name -> name.endsWith(".safetensors"))
                .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
                .max()
                .orElseThrow();
    }

    /** Returns the file of the last checkpoint. */
    Path latest() throws IOException {
        return checkpoint(latestStep());
    }

    String definition() {
        return path.resolve("experiment.yaml").toString();
    }
}

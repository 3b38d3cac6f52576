package dev.nurture.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.nurture.run.HistoryLog;
import dev.nurture.run.RunDirectoryException;
import dev.nurture.run.RunFiles;
import dev.nurture.run.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what the page about a run shows, from the files of its directory. Any thread, also while the run goes on. */
public final class ReportData {
    private final Storage storage;
    private final RunFiles files;

    private ReportData(Storage storage, RunFiles files) {
        this.storage = storage;
        this.files = files;
    }

    /**
     * Returns what is known of a run.
     *
     * @param live whether it still goes on and the page is to ask again
     * @throws RunDirectoryException if a file makes no sense
     */
    public static JsonObject of(Storage storage, RunFiles files, boolean live) throws IOException {
        try {
            return new ReportData(storage, files).gather(live);
        } catch (JsonParseException | IllegalStateException | ClassCastException | NullPointerException e) {
            throw RunDirectoryException.notUnderstood(files.folder(), files.record(), e);
        }
    }

    private JsonObject gather(boolean live) throws IOException {
        JsonObject data = JsonParser.parseString(text(files.record())).getAsJsonObject();
        data.addProperty(
                "run", files.folder().toAbsolutePath().normalize().getFileName().toString());
        data.addProperty("live", live);
        data.addProperty("definition", storage.exists(files.experiment()) ? text(files.experiment()) : "");
        List<JsonObject> history = HistoryLog.read(storage, files.history());
        data.add("epochs", epochs());
        addSamples(history, data);
        JsonArray histograms = new JsonArray();
        history.stream().filter(line -> kind(line).equals("histograms")).forEach(histograms::add);
        data.add("histograms", histograms);
        data.add("progress", progress(history));
        for (String key : List.of("classes", "confusion", "mistakes", "filters", "regions")) {
            data.add(key, JsonNull.INSTANCE);
        }
        if (storage.exists(files.evaluation())) {
            JsonParser.parseString(text(files.evaluation()))
                    .getAsJsonObject()
                    .entrySet()
                    .forEach(entry -> data.add(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    private static String kind(JsonObject line) {
        return line.get("kind").getAsString();
    }

    /** Returns how far the run is, by the last line of its history; null before there is one. */
    private static JsonElement progress(List<JsonObject> history) {
        if (history.isEmpty()) {
            return JsonNull.INSTANCE;
        }
        JsonObject last = history.get(history.size() - 1);
        JsonObject progress = new JsonObject();
        progress.add("epoch", last.get("epoch"));
        progress.add("step", last.get("step"));
        history.stream().filter(line -> kind(line).equals("plan")).forEach(plan -> {
            progress.add("epochs", plan.get("epochs"));
            progress.add("steps", plan.get("steps"));
        });
        return progress;
    }

    /** Returns the columns of the two logs of epochs. */
    private JsonObject epochs() throws IOException {
        Map<String, JsonArray> columns = new LinkedHashMap<>();
        List<String> names = List.of(
                "epoch",
                "step",
                "learning_rate",
                "train_loss",
                "train_accuracy",
                "validation_loss",
                "validation_accuracy",
                "seconds",
                "samples_per_second");
        names.forEach(name -> columns.put(name, new JsonArray()));
        List<String> metrics = lines(files.metrics());
        List<String> timings = lines(files.timings());
        for (int i = 0; i < metrics.size(); i++) {
            String[] cells = metrics.get(i).split(",", -1);
            String[] times = i < timings.size() ? timings.get(i).split(",", -1) : new String[] {"", "", ""};
            for (int k = 0; k < cells.length; k++) {
                columns.get(names.get(k)).add(number(cells[k]));
            }
            columns.get("seconds").add(number(times[1]));
            columns.get("samples_per_second").add(number(times[2]));
        }
        JsonObject json = new JsonObject();
        columns.forEach(json::add);
        return json;
    }

    /** Returns the whole lines of a log, without its header; none where there is no file. */
    private List<String> lines(Path file) throws IOException {
        if (!storage.exists(file)) {
            return List.of();
        }
        String text = text(file);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        return lines.isEmpty() ? lines : lines.subList(1, lines.size());
    }

    private static JsonElement number(String cell) {
        if (cell.isEmpty()) {
            return JsonNull.INSTANCE;
        }
        double value = Double.parseDouble(cell);
        return Double.isFinite(value) ? new JsonPrimitive(value) : new JsonPrimitive(cell);
    }

    private void addSamples(List<JsonObject> history, JsonObject data) {
        List<JsonObject> samples =
                history.stream().filter(line -> kind(line).equals("sample")).toList();
        data.add("samples", columns(samples, List.of("step", "loss", "gradient_norm", "learning_rate")));
        List<String> ofLayers = List.of("mean", "std", "saturated", "dead", "gradient");
        data.add("layers", series(samples, "layers", List.of("name", "path"), ofLayers));
        List<String> ofTensors = List.of("norm", "gradient_norm", "update_ratio");
        data.add("tensors", series(samples, "tensors", List.of("name", "layer", "weight"), ofTensors));
    }

    /** Returns, for each thing that samples tell of, what stays the same and what changes from sample to sample. */
    private static JsonArray series(
            List<JsonObject> samples, String things, List<String> fixed, List<String> changing) {
        JsonArray all = new JsonArray();
        int count =
                samples.isEmpty() ? 0 : samples.get(0).getAsJsonArray(things).size();
        for (int i = 0; i < count; i++) {
            int index = i;
            List<JsonObject> one = samples.stream()
                    .map(sample -> sample.getAsJsonArray(things).get(index).getAsJsonObject())
                    .toList();
            JsonObject json = new JsonObject();
            fixed.forEach(key -> json.add(key, one.get(0).get(key)));
            columns(one, changing).entrySet().forEach(entry -> json.add(entry.getKey(), entry.getValue()));
            all.add(json);
        }
        return all;
    }

    private static JsonObject columns(List<JsonObject> lines, List<String> keys) {
        JsonObject json = new JsonObject();
        for (String key : keys) {
            JsonArray column = new JsonArray();
            lines.forEach(line -> column.add(line.get(key)));
            json.add(key, column);
        }
        return json;
    }

    private String text(Path file) throws IOException {
        return new String(storage.bytes(file), StandardCharsets.UTF_8);
    }
}

package dev.nurture.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a run's history into the text format OpenMetrics 1.0, each value with the time at which it was measured: names and
 * labels are those under which a run that is under way is scraped, so that dashboards show both.
 */
public final class MetricsHistory {
    private final String labels;
    private final Map<String, Family> families = new LinkedHashMap<>();

    /** @param series lines by labels, each in the order of time */
    private record Family(String type, String help, Map<String, List<String>> series) {}

    private MetricsHistory(String experiment, String run) {
        labels = label("experiment", experiment) + "," + label("run", run);
    }

    /**
     * Writes all values.
     *
     * @param run the value of that label
     * @param history lines of the run's history
     */
    public static void write(String experiment, String run, List<JsonObject> history, Appendable out)
            throws IOException {
        MetricsHistory metrics = new MetricsHistory(experiment, run);
        for (JsonObject line : history) {
            switch (line.get("kind").getAsString()) {
                case "sample" -> metrics.sample(line);
                case "epoch" -> metrics.epoch(line);
                default -> {}
            }
        }
        metrics.write(out);
    }

    private void sample(JsonObject line) {
        String batch = label("split", "batch");
        gauge("nurture_loss", "The loss, by the rows it is the mean of", batch, line, line.get("loss"));
        gauge("nurture_learning_rate", "The learning rate of the last step", "", line, line.get("learning_rate"));
        String global = label("scope", "global");
        gauge("nurture_gradient_norm", "The norm of the gradient", global, line, line.get("gradient_norm"));
        add("nurture_train_steps", "counter", "Steps that are done", "", line, line.get("step"));
        for (JsonElement element : line.getAsJsonArray("layers")) {
            JsonObject layer = element.getAsJsonObject();
            String of = label("layer", layer.get("name").getAsString());
            gauge("nurture_layer_activation_mean", "Mean of a layer's outputs", of, line, layer.get("mean"));
            String deviation = "Standard deviation of a layer's outputs";
            gauge("nurture_layer_activation_std", deviation, of, line, layer.get("std"));
            String saturated = "Share of outputs at an end of the range";
            gauge("nurture_layer_saturated_ratio", saturated, of, line, layer.get("saturated"));
            String dead = "Share of units that give nothing for any row";
            gauge("nurture_layer_dead_ratio", dead, of, line, layer.get("dead"));
        }
        for (JsonElement element : line.getAsJsonArray("tensors")) {
            JsonObject tensor = element.getAsJsonObject();
            String layer = tensor.get("layer").getAsString();
            String name = tensor.get("name").getAsString();
            String parameter = name.startsWith(layer + ".") ? name.substring(layer.length() + 1) : name;
            String of = label("layer", layer) + "," + label("parameter", parameter);
            String gradient = "The norm of a tensor's gradient";
            gauge("nurture_layer_gradient_norm", gradient, of, line, tensor.get("gradient_norm"));
            gauge("nurture_layer_weight_norm", "The norm of a tensor", of, line, tensor.get("norm"));
            String update = "The norm of a tensor's last update against its own";
            gauge("nurture_layer_update_ratio", update, of, line, tensor.get("update_ratio"));
        }
    }

    private void epoch(JsonObject line) {
        gauge("nurture_train_epoch", "Epochs that are done", "", line, line.get("epoch"));
        for (String split : List.of("train", "validation")) {
            String of = label("split", split);
            gauge("nurture_loss", "The loss, by the rows it is the mean of", of, line, line.get(split + "_loss"));
            String accuracy = "Share of rows whose class is found";
            gauge("nurture_accuracy", accuracy, of, line, line.get(split + "_accuracy"));
        }
    }

    private void gauge(String name, String help, String further, JsonObject line, JsonElement value) {
        add(name, "gauge", help, further, line, value);
    }

    private void add(String name, String type, String help, String further, JsonObject line, JsonElement value) {
        if (value.isJsonNull()) {
            return;
        }
        String all = "{" + labels + (further.isEmpty() ? "" : "," + further) + "}";
        String sample = (type.equals("counter") ? name + "_total" : name) + all + " " + number(value.getAsDouble())
                + " " + String.format(Locale.ROOT, "%.3f", line.get("time").getAsDouble());
        families.computeIfAbsent(name, key -> new Family(type, help, new TreeMap<>()))
                .series
                .computeIfAbsent(all, key -> new ArrayList<>())
                .add(sample);
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private void write(Appendable out) throws IOException {
        for (Map.Entry<String, Family> entry : families.entrySet()) {
            Family family = entry.getValue();
            out.append("# HELP ")
                    .append(entry.getKey())
                    .append(' ')
                    .append(family.help)
                    .append("\n# TYPE ");
            out.append(entry.getKey()).append(' ').append(family.type).append('\n');
            for (List<String> series : family.series.values()) {
                for (String sample : series) {
                    out.append(sample).append('\n');
                }
            }
        }
        out.append("# EOF\n");
    }
}

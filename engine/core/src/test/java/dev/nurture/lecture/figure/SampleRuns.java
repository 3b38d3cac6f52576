package dev.nurture.lecture.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;

/** Invented runs, as the data of their pages have them. */
final class SampleRuns {
    private SampleRuns() {}

    /** Returns a run with a column of its epochs, 1, 2 and so on, ten steps each. */
    static JsonObject run(String metric, double... values) {
        JsonObject run = new JsonObject();
        run.addProperty("exit", 0);
        run.add("findings", new JsonArray());
        JsonObject epochs = new JsonObject();
        JsonArray epoch = new JsonArray();
        JsonArray step = new JsonArray();
        for (int i = 1; i <= values.length; i++) {
            epoch.add(i);
            step.add(10 * i);
        }
        epochs.add("epoch", epoch);
        epochs.add("step", step);
        epochs.add(metric, column(values));
        run.add("epochs", epochs);
        JsonObject samples = new JsonObject();
        samples.add("step", new JsonArray());
        samples.add("loss", new JsonArray());
        run.add("samples", samples);
        JsonObject metrics = new JsonObject();
        if (values.length > 0 && Double.isFinite(values[values.length - 1])) {
            metrics.addProperty(metric, values[values.length - 1]);
        }
        run.add("metrics", metrics);
        return run;
    }

    /** Makes a run one that a finding ended. */
    static JsonObject ended(JsonObject run, String fault, double measured) {
        JsonObject finding = new JsonObject();
        finding.addProperty("fault", fault);
        finding.addProperty("severity", "fail");
        finding.add("measured", value(measured));
        JsonArray findings = new JsonArray();
        findings.add(finding);
        run.add("findings", findings);
        run.addProperty("exit", 4);
        return run;
    }

    /** Adds layers with one statistic, a row of values a layer, looked at every ten steps. */
    static JsonObject layers(JsonObject run, String statistic, List<String> names, double[]... values) {
        JsonArray layers = new JsonArray();
        for (int i = 0; i < names.size(); i++) {
            JsonObject layer = new JsonObject();
            layer.addProperty("name", names.get(i));
            layer.addProperty("path", "model[" + i + "]");
            layer.add(statistic, column(values[i]));
            layers.add(layer);
        }
        run.add("layers", layers);
        run.add("tensors", new JsonArray());
        JsonArray steps = new JsonArray();
        for (int i = 0; i < values[0].length; i++) {
            steps.add(1 + 10 * i);
        }
        run.getAsJsonObject("samples").add("step", steps);
        return run;
    }

    /** Adds a look at how the outputs of a layer are spread. */
    static JsonObject histogram(JsonObject run, String layer, double from, double to, int... counts) {
        JsonObject spread = new JsonObject();
        spread.addProperty("name", layer);
        spread.addProperty("from", from);
        spread.addProperty("to", to);
        JsonArray bins = new JsonArray();
        for (int count : counts) {
            bins.add(count);
        }
        spread.add("counts", bins);
        if (!run.has("histograms")) {
            JsonObject look = new JsonObject();
            look.add("layers", new JsonArray());
            JsonArray looks = new JsonArray();
            looks.add(look);
            run.add("histograms", looks);
        }
        run.getAsJsonArray("histograms")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("layers")
                .add(spread);
        return run;
    }

    static JsonArray column(double... values) {
        JsonArray column = new JsonArray();
        for (double one : values) {
            column.add(value(one));
        }
        return column;
    }

    /** NaN is null, as where nothing was measured; an infinity is a word. */
    private static com.google.gson.JsonElement value(double value) {
        if (Double.isNaN(value)) {
            return JsonNull.INSTANCE;
        }
        return Double.isInfinite(value) ? new JsonPrimitive(Double.toString(value)) : new JsonPrimitive(value);
    }
}

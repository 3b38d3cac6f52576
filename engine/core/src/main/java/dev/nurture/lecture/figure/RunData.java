package dev.nurture.lecture.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.nurture.plugin.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What pictures need to know of a run.
 *
 * @param name as the picture calls it
 * @param json the data of the run's page
 */
record RunData(String name, JsonObject json) {
    /** Returns the runs, in their order. */
    static List<RunData> of(Map<String, JsonObject> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("there is no run to draw");
        }
        List<RunData> all = new ArrayList<>();
        runs.forEach((name, json) -> all.add(new RunData(name, json)));
        return all;
    }

    /** Returns a column; NaN where nothing was measured. */
    static double[] numbers(JsonArray column) {
        double[] numbers = new double[column.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(column.get(i));
        }
        return numbers;
    }

    /** Returns a number; NaN for null. */
    static double number(JsonElement element) {
        return element == null || element.isJsonNull() ? Double.NaN : Double.parseDouble(element.getAsString());
    }

    /** Returns the names of columns by epoch or by step that hold what a picture could show. */
    static List<String> columns(JsonObject table) {
        return table.keySet().stream()
                .filter(key -> !key.equals("epoch") && !key.equals("step"))
                .toList();
    }

    JsonObject table(String name) {
        return json.getAsJsonObject(name);
    }

    List<JsonObject> list(String name) {
        List<JsonObject> list = new ArrayList<>();
        json.getAsJsonArray(name).forEach(element -> list.add(element.getAsJsonObject()));
        return list;
    }

    /**
     * Returns what a run came to, as its record says: a metric such as {@code test_accuracy}; NaN for none.
     *
     * @throws IllegalArgumentException if no run could have it
     */
    double metric(String metric) {
        requireOneOf(
                "metric",
                metric,
                List.of(
                        "initial_loss",
                        "train_loss",
                        "train_accuracy",
                        "validation_loss",
                        "validation_accuracy",
                        "test_loss",
                        "test_accuracy"));
        JsonObject metrics = json.getAsJsonObject("metrics");
        return metrics == null ? Double.NaN : number(metrics.get(metric));
    }

    /**
     * Returns why the run ended before its time: the value that is not finite, or the name of what a monitor found; empty
     * for one that did not.
     */
    Optional<String> broke() {
        if (!json.has("findings") || !json.get("findings").isJsonArray()) {
            return Optional.empty();
        }
        List<JsonObject> findings = list("findings");
        Optional<String> notFinite = findings.stream()
                .filter(finding -> text(finding, "fault").equals("non_finite"))
                .map(finding -> measured(finding.get("measured")))
                .findFirst();
        boolean stopped = json.has("exit") && text(json, "exit").equals("4");
        return notFinite.or(() -> !stopped
                ? Optional.empty()
                : findings.stream()
                        .filter(finding -> text(finding, "severity").equals("fail"))
                        .map(finding -> text(finding, "fault").replace('_', ' '))
                        .findFirst());
    }

    private static String measured(JsonElement value) {
        double number = number(value);
        return Double.isInfinite(number) ? Numbers.brief(number, 1) : "NaN";
    }

    private static String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    /** Returns what a part of a run, such as a layer, is called. */
    static String name(JsonObject part) {
        return part.get("name").getAsString();
    }

    /**
     * Sees that a name is one that there is.
     *
     * @throws IllegalArgumentException if it is not, with the nearest and all others
     */
    static void requireOneOf(String what, String name, Collection<String> names) {
        if (!names.contains(name)) {
            String hint = Nearest.hint(name, names);
            throw new IllegalArgumentException("there is no " + what + " '" + name + "'" + hint
                    + (hint.isEmpty() ? "; there are: " : " There are: ") + String.join(", ", names));
        }
    }
}

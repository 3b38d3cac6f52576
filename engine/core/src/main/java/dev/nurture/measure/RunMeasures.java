package dev.nurture.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.nurture.config.CurveShape;
import dev.nurture.config.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What can be measured of a run, by what {@link dev.nurture.report.ReportData} gathers of it. Immutable. */
public final class RunMeasures {
    private static final Map<String, String> KEYS = Map.of(
            "activation_mean", "mean",
            "activation_std", "std",
            "activation_gradient", "gradient",
            "saturated_ratio", "saturated",
            "dead_ratio", "dead",
            "weight_norm", "norm",
            "gradient_norm", "gradient_norm",
            "update_ratio", "update_ratio");

    private final JsonObject data;

    /** @param data as it is gathered of a run */
    public RunMeasures(JsonObject data) {
        this.data = data;
    }

    /** Returns of a run's data no more than what can be measured of it: of what is looked at again and again, the last look. */
    public static JsonObject summary(JsonObject data) {
        JsonObject summary = new JsonObject();
        for (String key : List.of("metrics", "findings", "epochs")) {
            summary.add(key, data.get(key));
        }
        for (String key : List.of("layers", "tensors")) {
            JsonArray things = new JsonArray();
            for (JsonElement thing : data.getAsJsonArray(key)) {
                JsonObject last = new JsonObject();
                thing.getAsJsonObject().entrySet().forEach(entry -> {
                    if (entry.getValue() instanceof JsonArray looks) {
                        JsonArray one = new JsonArray();
                        IntStream.iterate(looks.size() - 1, i -> i >= 0, i -> i - 1)
                                .mapToObj(looks::get)
                                .filter(look -> !Double.isNaN(number(look)))
                                .findFirst()
                                .ifPresent(one::add);
                        last.add(entry.getKey(), one);
                    } else {
                        last.add(entry.getKey(), entry.getValue());
                    }
                });
                things.add(last);
            }
            summary.add(key, things);
        }
        return summary;
    }

    /** Returns what a measure comes to; NaN where that was not measured, or never came. */
    public double value(Measure measure) {
        return switch (measure.kind()) {
            case METRIC -> number(data.getAsJsonObject("metrics").get(measure.name()));
            case MOMENT -> moment(measure, column(measure.name()));
            case LAYER, WEIGHT -> parts(measure).values().stream().findFirst().orElse(Double.NaN);
        };
    }

    /** Returns the statistics of the layers or weights that a measure names, by their names, as the last look found them. */
    public Map<String, Double> parts(Measure measure) {
        Map<String, Double> values = new LinkedHashMap<>();
        String things = measure.kind() == Measure.Kind.LAYER ? "layers" : "tensors";
        for (JsonElement thing : data.getAsJsonArray(things)) {
            String name = thing.getAsJsonObject().get("name").getAsString();
            double[] looks = numbers(thing.getAsJsonObject().getAsJsonArray(KEYS.get(measure.name())));
            double last = Arrays.stream(looks)
                    .filter(look -> !Double.isNaN(look))
                    .reduce((a, b) -> b)
                    .orElse(Double.NaN);
            boolean meant = measure.detail().equals(name) || measure.detail().equals(Measure.ALL);
            if (meant && !Double.isNaN(last)) {
                values.put(name, last);
            }
        }
        return values;
    }

    private double moment(Measure measure, double[] values) {
        if (measure.reached().isPresent()) {
            double goal = measure.reached().get();
            double[] steps = column("step");
            return IntStream.range(0, values.length)
                    .filter(i -> measure.rises() ? values[i] >= goal : values[i] <= goal)
                    .mapToDouble(i -> steps[i])
                    .findFirst()
                    .orElse(Double.NaN);
        }
        if (measure.epoch().isPresent()) {
            int epoch = measure.epoch().get();
            return epoch <= values.length ? values[epoch - 1] : Double.NaN;
        }
        if (values.length == 0) {
            return Double.NaN;
        }
        double last = values[values.length - 1];
        return switch (measure.detail()) {
            case "first" -> values[0];
            case "last" -> last;
            case "least" -> Arrays.stream(values).min().getAsDouble();
            case "greatest" -> Arrays.stream(values).max().getAsDouble();
            case "change" -> last - values[0];
            case "fall" ->
                greatestRise(Arrays.stream(values).map(value -> -value).toArray());
            case "rise" -> greatestRise(values);
            default -> throw new IllegalArgumentException(measure.toString());
        };
    }

    /** Returns by how much a value is greater than one before it, at most; 0 where none is. */
    private static double greatestRise(double[] values) {
        double least = values[0];
        double rise = 0;
        for (double value : values) {
            least = Math.min(least, value);
            rise = Math.max(rise, value - least);
        }
        return rise;
    }

    /** Returns the faults that were found, in the check-up and in training, each once. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (JsonElement finding : data.getAsJsonArray("findings")) {
            faults.add(finding.getAsJsonObject().get("fault").getAsString());
        }
        return faults.stream().distinct().toList();
    }

    /** Returns the values that findings advise to give to a key. */
    public List<Double> advised(String key) {
        List<Double> values = new ArrayList<>();
        for (JsonElement finding : data.getAsJsonArray("findings")) {
            JsonArray changes = finding.getAsJsonObject().getAsJsonArray("changes");
            if (changes != null) {
                changes.forEach(change -> {
                    String text = change.getAsString();
                    if (text.startsWith(key + "=")) {
                        try {
                            values.add(Double.parseDouble(text.substring(key.length() + 1)));
                        } catch (NumberFormatException e) {
                            // A change to something that is no number.
                        }
                    }
                });
            }
        }
        return values;
    }

    /** Returns the shape of the curves; empty where they are too short to tell. */
    public Optional<CurveShape> curve() {
        return Curves.shape(
                number(data.getAsJsonObject("metrics").get("initial_loss")),
                faults().contains("non_finite"),
                column("train_loss"),
                column("train_accuracy"),
                column("validation_loss"),
                column("validation_accuracy"));
    }

    private double[] column(String name) {
        return numbers(data.getAsJsonObject("epochs").getAsJsonArray(name));
    }

    private static double[] numbers(JsonArray array) {
        return IntStream.range(0, array.size())
                .mapToDouble(i -> number(array.get(i)))
                .toArray();
    }

    /** Returns a number, which may be written as a word; NaN for null. */
    private static double number(JsonElement element) {
        return element == null || element.isJsonNull() ? Double.NaN : element.getAsDouble();
    }
}

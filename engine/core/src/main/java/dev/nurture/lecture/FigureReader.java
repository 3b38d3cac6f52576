package dev.nurture.lecture;

import com.google.gson.JsonObject;
import dev.nurture.config.Document;
import dev.nurture.config.Measure;
import dev.nurture.config.PartSettings;
import dev.nurture.config.Value;
import dev.nurture.lecture.figure.ActivationFunctions;
import dev.nurture.lecture.figure.Bars;
import dev.nurture.lecture.figure.Curves;
import dev.nurture.lecture.figure.LayerHistograms;
import dev.nurture.lecture.figure.LayerLines;
import dev.nurture.lecture.figure.Ravine;
import dev.nurture.lecture.figure.Regions;
import dev.nurture.lecture.figure.Sweep;
import dev.nurture.plugin.Nearest;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what the file of a part says of its pictures. */
final class FigureReader {
    private static final String ACTIVATIONS = "activations";
    private static final String OPTIMIZERS = "optimizers";
    private static final String LINES = "lines";

    /** The kinds of pictures, with what each can be told beside name, type and caption. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "activation_functions", List.of(ACTIVATIONS),
            "layer_histograms", List.of("runs", "layers"),
            "layer_lines", List.of("runs", "statistic", "layers", "by_steps", "log_y"),
            "curves", List.of("runs", "metric", "log_x", "log_y", "by_steps"),
            "sweep", List.of(LINES, "x", "metric", "label", "log_x", "log_y", "best"),
            "ravine", List.of(OPTIMIZERS, "steps"),
            "regions", List.of("runs"),
            "bars", List.of("runs", "metric"));

    private static final int RAVINE_STEPS = 60;

    private final Document document;
    private final PluginCatalog catalog;
    private final Map<String, PlannedRun> runs;
    private final Set<String> ensembles;

    FigureReader(Document document, PluginCatalog catalog, Map<String, PlannedRun> runs, Set<String> ensembles) {
        this.document = document;
        this.catalog = catalog;
        this.runs = runs;
        this.ensembles = ensembles;
    }

    /** Returns a picture; what is wrong with it is reported. */
    FigurePlan read(Value.Mapping figure, String path) {
        String name = document.text(figure, path, "name");
        String type = document.text(figure, path, "type");
        String caption = document.optionalText(figure, path, "caption").orElse(name);
        if (!name.matches("[A-Za-z0-9_-]{0,80}")) {
            document.problem(figure.mark(), path + ".name", "'" + name + "' is no name of a file");
        }
        List<String> keys = new ArrayList<>(List.of("name", "type", "caption"));
        if (!KEYS.containsKey(type)) {
            List<String> types = KEYS.keySet().stream().sorted().toList();
            String hint = Nearest.hint(type, types);
            document.problem(
                    figure.mark(),
                    path + ".type",
                    "there is no picture '" + type + "'"
                            + (hint.isEmpty() ? ". There are: " + String.join(", ", types) : hint));
            return new FigurePlan(name, caption, List.of(), none -> "");
        }
        keys.addAll(KEYS.get(type));
        document.checkKeys(figure, path, keys);
        List<String> shown = document.texts(figure, path, "runs");
        for (String run : shown) {
            if (!runs.containsKey(run) && !ensembles.contains(run)) {
                document.problem(
                        figure.mark(),
                        path + ".runs",
                        "there is no run '" + run + "'" + Nearest.hint(run, runs.keySet()));
            }
        }
        return switch (type) {
            case "activation_functions" -> activations(figure, path, name, caption);
            case "ravine" -> ravine(figure, path, name, caption);
            case "sweep" -> sweep(figure, path, name, caption);
            default -> new FigurePlan(name, caption, shown, ofRuns(type, figure, path, caption, shown));
        };
    }

    private FigurePlan.Drawing ofRuns(
            String type, Value.Mapping figure, String path, String caption, List<String> shown) {
        List<String> layers = document.texts(figure, path, "layers");
        boolean logX = document.flag(figure, path, "log_x");
        boolean logY = document.flag(figure, path, "log_y");
        boolean bySteps = document.flag(figure, path, "by_steps");
        switch (type) {
            case "layer_histograms" -> {
                return outcomes -> new LayerHistograms(layers).draw(caption, data(shown, outcomes));
            }
            case "layer_lines" -> {
                LayerLines lines = new LayerLines(document.text(figure, path, "statistic"), layers, bySteps, logY);
                return outcomes -> lines.draw(caption, data(shown, outcomes));
            }
            case "curves" -> {
                Curves curves = new Curves(document.text(figure, path, "metric"), logX, logY, bySteps);
                return outcomes -> curves.draw(caption, data(shown, outcomes));
            }
            case "regions" -> {
                return outcomes -> new Regions().draw(caption, data(shown, outcomes));
            }
            default -> {
                return bars(figure, path, caption, shown);
            }
        }
    }

    private FigurePlan.Drawing bars(Value.Mapping figure, String path, String caption, List<String> shown) {
        String metric = document.text(figure, path, "metric");
        Measure measure;
        try {
            measure = Measure.of(metric);
        } catch (IllegalArgumentException e) {
            document.problem(figure.mark(), path + ".metric", e.getMessage());
            return none -> "";
        }
        Set<String> emphasized = new LinkedHashSet<>(shown);
        emphasized.retainAll(ensembles);
        return outcomes -> {
            Map<String, Double> values = new LinkedHashMap<>();
            shown.forEach(run -> values.put(run, outcomes.get(run).measures().value(measure)));
            return new Bars(metric, emphasized).draw(caption, values);
        };
    }

    private static Map<String, JsonObject> data(List<String> shown, Map<String, RunOutcome> outcomes) {
        Map<String, JsonObject> data = new LinkedHashMap<>();
        shown.forEach(run -> data.put(run, outcomes.get(run).data()));
        return data;
    }

    private FigurePlan activations(Value.Mapping figure, String path, String name, String caption) {
        Map<String, PartSettings> parts = new LinkedHashMap<>();
        List<Value> items =
                figure.get(ACTIVATIONS).orElse(null) instanceof Value.Sequence sequence ? sequence.items() : List.of();
        if (items.isEmpty()) {
            document.problem(figure.mark(), path + "." + ACTIVATIONS, "is missing: a list of activations");
        }
        for (int i = 0; i < items.size(); i++) {
            document.part(catalog, ActivationLayer.class, items.get(i), path + "." + ACTIVATIONS + "[" + i + "]")
                    .ifPresent(part -> parts.put(part.name(), part));
        }
        return new FigurePlan(
                name,
                caption,
                List.of(),
                none -> new ActivationFunctions()
                        .draw(caption, made(parts, part -> part.create(ActivationLayer.class))));
    }

    private FigurePlan ravine(Value.Mapping figure, String path, String name, String caption) {
        Map<String, PartSettings> parts = new LinkedHashMap<>();
        document.mapping(figure, path, OPTIMIZERS)
                .entries()
                .forEach((optimizer, entry) -> document.part(
                                catalog, Optimizer.class, entry.value(), path + "." + OPTIMIZERS + "." + optimizer)
                        .ifPresent(part -> parts.put(optimizer, part)));
        if (figure.get(OPTIMIZERS).isEmpty()) {
            document.problem(figure.mark(), path + "." + OPTIMIZERS, "is missing: optimizers by the names to be shown");
        }
        String written = document.optionalText(figure, path, "steps").orElse(String.valueOf(RAVINE_STEPS));
        if (!written.matches("[1-9][0-9]{0,4}")) {
            document.problem(figure.mark(), path + ".steps", "expected a number of steps, not '" + written + "'");
            return new FigurePlan(name, caption, List.of(), none -> "");
        }
        Ravine ravine = new Ravine(Integer.parseInt(written));
        return new FigurePlan(
                name,
                caption,
                List.of(),
                none -> ravine.draw(caption, made(parts, part -> part.create(Optimizer.class)))
                        .svg());
    }

    private static <T> Map<String, T> made(Map<String, PartSettings> parts, Function<PartSettings, T> make) {
        Map<String, T> made = new LinkedHashMap<>();
        parts.forEach((name, part) -> made.put(name, make.apply(part)));
        return made;
    }

    private FigurePlan sweep(Value.Mapping figure, String path, String name, String caption) {
        String key = document.text(figure, path, "x");
        Sweep sweep = new Sweep(
                document.text(figure, path, "metric"),
                document.optionalText(figure, path, "label").orElse(key),
                document.flag(figure, path, "log_x"),
                document.flag(figure, path, "log_y"),
                document.flag(figure, path, "best"));
        Map<String, SortedMap<Double, String>> lines = new LinkedHashMap<>();
        Value.Mapping written = document.mapping(figure, path, LINES);
        written.entries().keySet().forEach(line -> {
            String pattern = document.text(written, path + "." + LINES, line);
            SortedMap<Double, String> points = points(pattern, key);
            if (points.size() < 2) {
                document.problem(
                        written.mark(),
                        path + "." + LINES + "." + line,
                        "there are no runs '" + pattern + "' that differ in a number {" + key + "}");
            }
            lines.put(line, points);
        });
        if (lines.isEmpty()) {
            document.problem(
                    figure.mark(), path + "." + LINES, "is missing: names of runs with {" + key + "}, by line");
        }
        List<String> needs = lines.values().stream()
                .flatMap(points -> points.values().stream())
                .toList();
        return new FigurePlan(name, caption, needs, outcomes -> {
            Map<String, SortedMap<Double, JsonObject>> data = new LinkedHashMap<>();
            lines.forEach((line, points) -> {
                SortedMap<Double, JsonObject> of = new TreeMap<>();
                points.forEach((x, run) -> of.put(x, outcomes.get(run).data()));
                data.put(line, of);
            });
            return sweep.draw(caption, data);
        });
    }

    /** Returns the runs that a pattern stands for, by the value of a key that each of them has. */
    private SortedMap<Double, String> points(String pattern, String key) {
        SortedMap<Double, String> points = new TreeMap<>();
        runs.values().forEach(run -> {
            String value = run.values().get(key);
            if (value != null && pattern.replace("{" + key + "}", value).equals(run.name())) {
                try {
                    points.put(Double.parseDouble(value), run.name());
                } catch (NumberFormatException e) {
                    // Then it is no axis; said by the caller, who finds no points.
                }
            }
        });
        return points;
    }
}

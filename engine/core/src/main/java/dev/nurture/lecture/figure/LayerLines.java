package dev.nurture.lecture.figure;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What layers do in several runs, a line a run: layer by layer at the last look, or one layer step by step.
 *
 * @param statistic of layers {@code mean}, {@code std}, {@code saturated}, {@code dead} or {@code gradient}; of weights
 *     {@code weight_norm}, {@code gradient_norm} or {@code update_ratio}
 * @param layers the layers' names or weights' names, in which {@code *} stands for anything; empty for all but the last,
 *     whose outputs are no activations
 * @param bySteps whether the steps are drawn, of the one layer that {@code layers} names in each run
 * @param logY whether equal factors of the statistic are equally far apart
 */
public record LayerLines(String statistic, List<String> layers, boolean bySteps, boolean logY) {
    private static final List<String> OF_LAYERS = List.of("mean", "std", "saturated", "dead", "gradient");
    private static final List<String> OF_WEIGHTS = List.of("weight_norm", "gradient_norm", "update_ratio");

    public LayerLines {
        layers = List.copyOf(layers);
    }

    /**
     * Returns the picture.
     *
     * @param title what the picture is, for those who cannot see it
     * @param runs data of runs as their pages have it, by name, in the order to be drawn
     * @throws IllegalArgumentException if there is no such statistic or layer, with a message for the user
     */
    public String draw(String title, Map<String, JsonObject> runs) {
        List<String> known = new ArrayList<>(OF_LAYERS);
        known.addAll(OF_WEIGHTS);
        RunData.requireOneOf("statistic", statistic, known);
        List<LineChart.Line> lines = new ArrayList<>();
        List<String> names = new ArrayList<>();
        boolean alike = true;
        for (RunData run : RunData.of(runs)) {
            List<JsonObject> parts = parts(run);
            if (bySteps) {
                lines.add(overSteps(run, parts));
                continue;
            }
            List<String> own = parts.stream().map(RunData::name).toList();
            alike = alike && (names.isEmpty() || names.equals(own));
            if (own.size() > names.size()) {
                names = own;
            }
            double[] y = parts.stream().mapToDouble(this::last).toArray();
            double[] x = IntStream.range(0, y.length).asDoubleStream().toArray();
            lines.add(new LineChart.Line(run.name(), x, y, null));
        }
        LineChart chart = bySteps
                ? new LineChart("step", what(), false, logY, lines)
                : new LineChart(places(names, alike), what(), false, logY, lines).categories(shown(names, alike));
        if (statistic.equals("saturated") || statistic.equals("dead")) {
            chart.share();
        }
        if (statistic.equals("update_ratio")) {
            chart.guide(1e-3);
        }
        Svg svg = new Svg();
        double bottom = chart.draw(svg, Svg.MARGIN);
        return svg.end(bottom + 6, title, chart.description());
    }

    private boolean ofWeights() {
        return OF_WEIGHTS.contains(statistic);
    }

    private String what() {
        return switch (statistic) {
            case "mean" -> "mean of the outputs";
            case "std" -> "standard deviation of the outputs";
            case "saturated" -> "share of saturated outputs";
            case "dead" -> "share of dead units";
            case "gradient" -> "mean magnitude of the gradient";
            default -> Words.of(statistic);
        };
    }

    /** Returns the layers or weights that are asked for. */
    private List<JsonObject> parts(RunData run) {
        List<JsonObject> all = run.list(ofWeights() ? "tensors" : "layers");
        if (ofWeights()) {
            all.removeIf(tensor -> !tensor.get("weight").getAsBoolean());
        } else if (layers.isEmpty() && all.size() > 1) {
            all.remove(all.size() - 1);
        }
        return LayerNames.chosen(run, all, layers);
    }

    private double[] values(JsonObject part) {
        return RunData.numbers(part.getAsJsonArray(statistic.equals("weight_norm") ? "norm" : statistic));
    }

    private double last(JsonObject part) {
        double[] values = values(part);
        return values[values.length - 1];
    }

    private LineChart.Line overSteps(RunData run, List<JsonObject> parts) {
        if (parts.size() != 1) {
            throw new IllegalArgumentException("over steps one layer of run '" + run.name() + "' can be drawn, not "
                    + parts.size() + ": "
                    + String.join(", ", parts.stream().map(RunData::name).toList()));
        }
        double[] steps = RunData.numbers(run.table("samples").getAsJsonArray("step"));
        Optional<String> broke = run.broke();
        return new LineChart.Line(run.name(), steps, values(parts.get(0)), broke.orElse(null));
    }

    private String places(List<String> names, boolean alike) {
        String things = ofWeights() ? "weight" : "layer";
        return alike && LayerNames.numbered(names)
                ? things + ", " + names.get(0) + " to " + names.get(names.size() - 1)
                : things;
    }

    /** Returns what is written along the axis: names, or numbers where the names differ by them alone, or by run. */
    private static List<String> shown(List<String> names, boolean alike) {
        if (alike && !LayerNames.numbered(names)) {
            return names;
        }
        return IntStream.rangeClosed(1, names.size())
                .mapToObj(Integer::toString)
                .toList();
    }
}

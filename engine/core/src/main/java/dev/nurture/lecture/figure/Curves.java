package dev.nurture.lecture.figure;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A metric of several runs over their epochs or steps.
 *
 * @param metric a column of the epochs, such as {@code train_loss}, or of the sampled steps: {@code loss} of the batches,
 *     {@code gradient_norm}
 * @param logX whether equal factors of the epoch or step are equally far apart
 * @param logY whether equal factors of the metric are
 * @param bySteps whether an epoch's value stands at its last step rather than at its number; what is sampled always does
 */
public record Curves(String metric, boolean logX, boolean logY, boolean bySteps) {
    /**
     * Returns the picture; a run that became not finite, or that a monitor stopped, is marked where it ends.
     *
     * @param title what the picture is, for those who cannot see it
     * @param runs data of runs as their pages have it, by name, in the order to be drawn
     * @throws IllegalArgumentException if there is no such metric, or a run has none of it, with a message for the user
     */
    public String draw(String title, Map<String, JsonObject> runs) {
        List<LineChart.Line> lines = new ArrayList<>();
        boolean steps = bySteps;
        for (RunData run : RunData.of(runs)) {
            JsonObject epochs = run.table("epochs");
            JsonObject samples = run.table("samples");
            boolean sampled = !epochs.has(metric);
            steps = steps || sampled;
            List<String> known = new ArrayList<>(RunData.columns(epochs));
            RunData.columns(samples).stream()
                    .filter(name -> !known.contains(name))
                    .forEach(known::add);
            RunData.requireOneOf("metric", metric, known);
            JsonObject table = sampled ? samples : epochs;
            double[] x = RunData.numbers(table.getAsJsonArray(steps ? "step" : "epoch"));
            double[] y = RunData.numbers(table.getAsJsonArray(metric));
            LineChart.Line line =
                    new LineChart.Line(run.name(), x, y, run.broke().orElse(null));
            if (!line.any() && line.broke() == null) {
                throw new IllegalArgumentException("run '" + run.name() + "' has no " + metric);
            }
            lines.add(line);
        }
        LineChart chart = new LineChart(steps ? "step" : "epoch", Words.of(metric), logX, logY, lines)
                .atEdge(!metric.endsWith("_accuracy"));
        if (metric.endsWith("_accuracy")) {
            chart.share();
        }
        Svg svg = new Svg();
        double bottom = chart.draw(svg, Svg.MARGIN);
        return svg.end(bottom + 6, title, chart.description());
    }
}

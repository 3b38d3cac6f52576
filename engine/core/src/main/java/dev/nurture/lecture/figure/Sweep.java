package dev.nurture.lecture.figure;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.DoubleStream;

/**
 * What runs came to over a value that was set differently in each.
 *
 * @param metric such as {@code validation_accuracy} or {@code test_loss}
 * @param label what was set, as it is written at the axis
 * @param logX whether equal factors of it are equally far apart
 * @param logY whether equal factors of the metric are
 * @param best whether the best of all epochs counts rather than what the run ended with
 */
public record Sweep(String metric, String label, boolean logX, boolean logY, boolean best) {
    /**
     * Returns the picture; a run that became not finite, or that a monitor stopped, is a cross at the edge of the axes: the
     * lower one, or of a loss the upper one.
     *
     * @param title what the picture is, for those who cannot see it
     * @param lines by name, in the order to be drawn: of each value that was set the data of its run
     * @throws IllegalArgumentException if there is no such metric, or a run has none of it, with a message for the user
     */
    public String draw(String title, Map<String, ? extends SortedMap<Double, JsonObject>> lines) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("there is no line to draw");
        }
        List<LineChart.Line> drawn = new ArrayList<>();
        List<String> crossed = new ArrayList<>();
        boolean loss = metric.endsWith("_loss");
        LineChart chart = new LineChart(label, Words.of(metric), logX, logY, drawn).atEdge(loss);
        lines.forEach((name, runs) -> {
            double[] x = runs.keySet().stream().mapToDouble(value -> value).toArray();
            double[] y = new double[x.length];
            List<Double> broken = new ArrayList<>();
            for (int i = 0; i < x.length; i++) {
                RunData run = new RunData(name + " at " + Numbers.brief(x[i], 6), runs.get(x[i]));
                boolean broke = run.broke().isPresent();
                y[i] = broke ? Double.NaN : value(run, loss);
                if (!Double.isFinite(y[i])) {
                    if (!broke && Double.isNaN(y[i])) {
                        throw new IllegalArgumentException("run '" + run.name() + "' has no " + metric);
                    }
                    y[i] = Double.NaN;
                    broken.add(x[i]);
                }
            }
            drawn.add(new LineChart.Line(name, x, y, null));
            chart.broken(drawn.size() - 1, broken);
            if (!broken.isEmpty()) {
                crossed.add(name + " at "
                        + String.join(
                                ", ",
                                broken.stream().map(at -> Numbers.brief(at, 6)).toList()));
            }
        });
        if (metric.endsWith("_accuracy")) {
            chart.share();
        }
        Svg svg = new Svg();
        double bottom = chart.draw(svg, Svg.MARGIN);
        if (!crossed.isEmpty()) {
            svg.text(
                    Svg.MARGIN,
                    bottom + 14,
                    Svg.Anchor.START,
                    "fm fs",
                    "× diverged: not finite, or stopped by a monitor");
            bottom += Svg.LINE;
        }
        String more = crossed.isEmpty() ? "" : " Diverged: " + String.join("; ", crossed) + ".";
        return svg.end(bottom + 6, title, chart.description() + more);
    }

    private double value(RunData run, boolean loss) {
        double last = run.metric(metric);
        JsonObject epochs = run.table("epochs");
        if (!best || !epochs.has(metric)) {
            return last;
        }
        DoubleStream values =
                DoubleStream.of(RunData.numbers(epochs.getAsJsonArray(metric))).filter(Double::isFinite);
        return (loss ? values.min() : values.max()).orElse(last);
    }
}

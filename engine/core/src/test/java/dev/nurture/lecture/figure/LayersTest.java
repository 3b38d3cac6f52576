package dev.nurture.lecture.figure;

import static dev.nurture.lecture.figure.SampleRuns.histogram;
import static dev.nurture.lecture.figure.SampleRuns.layers;
import static dev.nurture.lecture.figure.SampleRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both pictures of layers: lines and histograms. */
class LayersTest {
    private static final List<String> THREE = List.of("dense_1", "dense_2", "dense_3");

    private final Map<String, JsonObject> runs = new LinkedHashMap<>();

    private static JsonObject three() {
        return layers(
                run("train_loss", 1), "std", THREE, new double[] {9, 1}, new double[] {9, 0.1}, new double[] {9, 0.01});
    }

    private Drawing lines(LayerLines settings) {
        return Drawing.of(settings.draw("Layers", runs));
    }

    @Test
    void theLastLookIsDrawnLayerByLayerWithoutTheOutputs() {
        runs.put("a", three());
        Drawing drawing = lines(new LayerLines("std", List.of(), false, true));
        assertThat(Drawing.dots(drawing.elements("path", "fd", "s0").get(0))).hasSize(2);
        assertThat(drawing.texts()).contains("layer, dense_1 to dense_2", "1", "2");
        assertThat(drawing.description())
                .isEqualTo(
                        "standard deviation of the outputs by layer, dense_1 to dense_2. a: from 1 at 1 to 0.1 at 2.");
        List<double[]> all = Drawing.dots(lines(new LayerLines("std", List.of("dense_*"), false, true))
                .elements("path", "fd", "s0")
                .get(0));
        assertThat(all.get(2)[1] - all.get(1)[1]).isCloseTo(all.get(1)[1] - all.get(0)[1], within(0.11));
    }

    @Test
    void aNameAtTheAxisStandsUnderItsLayer() {
        JsonObject run = layers(
                run("train_loss", 1),
                "mean",
                List.of("conv", "dense", "out"),
                new double[] {1},
                new double[] {2},
                new double[] {3});
        runs.put("a", run);
        Drawing drawing = lines(new LayerLines("mean", List.of(), false, false));
        List<double[]> dots = Drawing.dots(drawing.elements("path", "fd", "s0").get(0));
        assertThat(Drawing.number(drawing.text("conv"), "x")).isCloseTo(dots.get(0)[0], within(0.06));
        assertThat(Drawing.number(drawing.text("dense"), "x")).isCloseTo(dots.get(1)[0], within(0.06));
    }

    @Test
    void oneLayerIsDrawnStepByStep() {
        runs.put("a", three());
        runs.put("b", three());
        Drawing drawing = lines(new LayerLines("std", List.of("dense_2"), true, false));
        assertThat(drawing.description()).contains("a: from 9 at 1 to 0.1 at 11");
        assertThatThrownBy(() -> lines(new LayerLines("std", List.of(), true, false)))
                .hasMessage("over steps one layer of run 'a' can be drawn, not 2: dense_1, dense_2");
    }

    /** The lecture's rule of thumb is a line across. */
    @Test
    void updateRatiosAreThoseOfWeightsBesideAThousandth() {
        JsonObject run = layers(
                run("train_loss", 1),
                "update_ratio",
                List.of("a.weight", "a.bias"),
                new double[] {1e-2, 1e-4},
                new double[] {1, 1});
        run.getAsJsonArray("layers").get(0).getAsJsonObject().addProperty("weight", true);
        run.getAsJsonArray("layers").get(1).getAsJsonObject().addProperty("weight", false);
        run.add("tensors", run.remove("layers"));
        runs.put("a", run);
        Drawing drawing = lines(new LayerLines("update_ratio", List.of(), true, true));
        List<double[]> dots = Drawing.dots(drawing.elements("path", "fd", "s0").get(0));
        assertThat(dots).hasSize(2);
        assertThat(Drawing.points(drawing.elements("path", "fn").get(0)).get(0)[1])
                .isCloseTo((dots.get(0)[1] + dots.get(1)[1]) / 2, within(0.11));
    }

    @Test
    void namesThatThereAreNotAreSaid() {
        runs.put("a", three());
        assertThatThrownBy(() -> lines(new LayerLines("satured", List.of(), false, false)))
                .hasMessageStartingWith(
                        "there is no statistic 'satured'; did you mean 'saturated'? There are: mean, std,");
        assertThatThrownBy(() -> lines(new LayerLines("std", List.of("dense1"), false, false)))
                .hasMessage("there is no layer in run 'a' called 'dense1'; did you mean 'dense_1'?"
                        + " There are: dense_1, dense_2, dense_3");
    }

    private Drawing histograms(String... layers) {
        return Drawing.of(new LayerHistograms(List.of(layers)).draw("Histograms", runs));
    }

    /** Returns the height above its base at a place of a histogram, by its outline. */
    private static double height(List<double[]> outline, double x) {
        double base = outline.get(0)[1];
        for (int i = 1; i < outline.size(); i++) {
            if (outline.get(i - 1)[0] <= x && x <= outline.get(i)[0] && outline.get(i)[1] == outline.get(i - 1)[1]) {
                return base - outline.get(i)[1];
            }
        }
        return 0;
    }

    @Test
    void heightsAreSquareRootsOfCountsAndDeviationsStandBelow() {
        JsonObject run = layers(
                run("train_loss", 1), "std", List.of("tanh_1", "tanh_2"), new double[] {0.6274}, new double[] {0.000123
                });
        histogram(run, "tanh_1", -1, 1, 100, 400);
        histogram(run, "tanh_2", 0, 0, 0, 7);
        runs.put("a", run);
        Drawing drawing = histograms("*");
        List<double[]> first = Drawing.points(drawing.elements("path", "f0").get(0));
        double left = first.get(0)[0];
        double right = first.stream().mapToDouble(point -> point[0]).max().orElseThrow();
        double low = height(first, left + 0.25 * (right - left));
        double high = height(first, left + 0.75 * (right - left));
        assertThat(low / high).isCloseTo(0.5, within(0.01));
        // All of the second layer is at zero, the middle of the axis that the row shares.
        List<double[]> second = Drawing.points(drawing.elements("path", "f0").get(1));
        double begin = second.get(0)[0];
        double end = second.stream().mapToDouble(point -> point[0]).max().orElseThrow();
        assertThat(height(second, begin + 0.51 * (end - begin))).isCloseTo(high, within(0.11));
        assertThat(height(second, begin + 0.4 * (end - begin))).isZero();
        assertThat(height(second, begin + 0.6 * (end - begin))).isZero();
        assertThat(drawing.texts()).contains("0.627", "1.2e−4", "from −1 to 1");
        assertThat(drawing.description()).endsWith("a: 0.627, 1.23e−4.");
    }

    @Test
    void manyLayersAreShownByTheFirstTheLastAndSomeBetween() {
        JsonObject run = run("train_loss", 1);
        run.add("layers", new com.google.gson.JsonArray());
        for (int i = 1; i <= 31; i++) {
            histogram(run, "relu_" + i, 0, i, 1, 2, 3);
        }
        runs.put("a", run);
        assertThat(histograms().elements("path", "f0")).hasSize(12);
    }

    @Test
    void aLayerWithoutAFiniteOutputAndARunWithoutHistogramsAreSaid() {
        JsonObject run = run("train_loss", 1);
        run.add("layers", new com.google.gson.JsonArray());
        histogram(run, "a", 0, 0, 0, 0);
        runs.put("a", run);
        assertThat(histograms().texts()).contains("not finite");
        JsonObject none = run("train_loss");
        none.add("histograms", new com.google.gson.JsonArray());
        runs.put("b", none);
        assertThatThrownBy(this::histograms)
                .hasMessage("run 'b' has no histograms: it ended before there was a look at its layers");
    }
}

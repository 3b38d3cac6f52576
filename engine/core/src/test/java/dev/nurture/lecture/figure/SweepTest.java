package dev.nurture.lecture.figure;

import static dev.nurture.lecture.figure.SampleRuns.ended;
import static dev.nurture.lecture.figure.SampleRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SweepTest {
    private final Map<String, SortedMap<Double, JsonObject>> lines = new LinkedHashMap<>();

    private void add(String line, double rate, JsonObject run) {
        lines.computeIfAbsent(line, name -> new TreeMap<>()).put(rate, run);
    }

    private Drawing drawn(String metric, boolean best) {
        return Drawing.of(new Sweep(metric, "learning rate", true, false, best).draw("Sweep", lines));
    }

    private static double middle(List<double[]> cross, int axis) {
        return cross.stream().mapToDouble(point -> point[axis]).average().orElseThrow();
    }

    @Test
    void eachRunIsAPointOverItsValue() {
        add("with", 1e-3, run("validation_accuracy", 0.1, 0.2));
        add("with", 1e-2, run("validation_accuracy", 0.5, 0.6));
        add("with", 1e-1, run("validation_accuracy", 0.9, 0.8));
        Drawing drawing = drawn("validation_accuracy", false);
        List<double[]> dots = Drawing.dots(drawing.elements("path", "fd", "s0").get(0));
        assertThat(dots.get(1)[0]).isCloseTo((dots.get(0)[0] + dots.get(2)[0]) / 2, within(0.11));
        assertThat(dots.get(2)[1]).isCloseTo(drawing.place("y", "0", 0, "0.8", 0.8, 0.8), within(0.11));
        assertThat(Drawing.number(drawing.text("0.01"), "x")).isCloseTo(dots.get(1)[0], within(0.11));
        double[] best = Drawing.dots(drawn("validation_accuracy", true)
                        .elements("path", "fd", "s0")
                        .get(0))
                .get(2);
        assertThat(best[1])
                .isCloseTo(drawn("validation_accuracy", true).place("y", "0", 0, "0.8", 0.8, 0.9), within(0.11));
    }

    @Test
    void theBestLossIsTheLeast() {
        add("a", 1, run("train_loss", 3, 1, 2));
        add("a", 2, run("train_loss", 3, 2.5, 2));
        assertThat(drawn("train_loss", true).description()).contains("a: from 1 at 1 to 2 at 2");
        assertThat(drawn("train_loss", false).description()).contains("a: from 2 at 1 to 2 at 2");
    }

    @Test
    void whatDivergedIsACrossAtTheEdgeAndTwoOfThemLieSideBySide() {
        for (String line : List.of("with", "without")) {
            add(line, 0.1, run("validation_accuracy", 0.7));
            add(line, 1, run("validation_accuracy", 0.8));
            add(line, 10, ended(run("validation_accuracy", 0.1), "diverging", 3));
        }
        Drawing drawing = drawn("validation_accuracy", false);
        List<double[]> one = Drawing.points(drawing.elements("path", "fx", "s0").get(0));
        List<double[]> other =
                Drawing.points(drawing.elements("path", "fx", "s1").get(0));
        assertThat(middle(one, 1)).isCloseTo(drawing.place("y", "0", 0, "0.8", 0.8, 0), within(0.11));
        assertThat((middle(one, 0) + middle(other, 0)) / 2)
                .isCloseTo(Drawing.number(drawing.text("10"), "x"), within(0.11));
        assertThat(middle(other, 0) - middle(one, 0)).isGreaterThan(9);
        assertThat(Drawing.dots(drawing.elements("path", "fd", "s0").get(0))).hasSize(2);
        assertThat(drawing.description()).endsWith("Diverged: with at 10; without at 10.");
        assertThat(drawing.texts()).contains("× diverged: not finite, or stopped by a monitor");
    }

    @Test
    void aLossThatDivergedIsAboveAllOthers() {
        add("a", 0.1, run("train_loss", 0.7));
        add("a", 1, run("train_loss", 2.0));
        add("a", 10, ended(run("train_loss"), "non_finite", Double.NaN));
        Drawing drawing = drawn("train_loss", false);
        List<double[]> cross =
                Drawing.points(drawing.elements("path", "fx", "s0").get(0));
        Drawing.dots(drawing.elements("path", "fd", "s0").get(0))
                .forEach(dot -> assertThat(middle(cross, 1)).isLessThan(dot[1]));
    }

    @Test
    void aRunWithoutTheMetricIsNamed() {
        add("a", 0.5, run("train_loss", 0.7));
        assertThatThrownBy(() -> drawn("test_accuracy", false)).hasMessage("run 'a at 0.5' has no test_accuracy");
        assertThatThrownBy(() -> drawn("tst_accuracy", false))
                .hasMessageStartingWith("there is no metric 'tst_accuracy'; did you mean 'test_accuracy'?");
    }
}

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurvesTest {
    private static final Curves LINEAR = new Curves("train_loss", false, false, false);

    private final Map<String, JsonObject> runs = new LinkedHashMap<>();

    private Drawing drawn(Curves curves) {
        return Drawing.of(curves.draw("Losses", runs));
    }

    /** Places are read off where the ticks are written, not off the scale that drew them. */
    @Test
    void aPointLiesWhereTheAxesSay() {
        runs.put("a", run("train_loss", 2.0, 1.0, 0.5, 0.25, 0.2, 0.1));
        Drawing drawing = drawn(LINEAR);
        List<double[]> dots = Drawing.dots(drawing.elements("path", "fd", "s0").get(0));
        assertThat(dots).hasSize(6);
        double[] third = dots.get(2);
        assertThat(third[0]).isCloseTo(drawing.place("x", "2", 2, "6", 6, 3), within(0.11));
        assertThat(third[1]).isCloseTo(drawing.place("y", "0", 0, "2.0", 2, 0.5), within(0.11));
        List<double[]> line =
                Drawing.points(drawing.elements("path", "fl", "s0").get(0));
        assertThat(line.get(1)).containsExactly(dots.get(1), within(1e-9));
    }

    @Test
    void equalFactorsAreEquallyFarApartWhereThatIsAskedFor() {
        runs.put("a", run("train_loss", 100, 10, 1, 0.1, 0.01));
        List<double[]> dots = Drawing.dots(drawn(new Curves("train_loss", false, true, false))
                .elements("path", "fd", "s0")
                .get(0));
        for (int i = 2; i < 5; i++) {
            assertThat(dots.get(i)[1] - dots.get(i - 1)[1]).isCloseTo(dots.get(1)[1] - dots.get(0)[1], within(0.11));
        }
    }

    @Test
    void stepsStandInThePlaceOfEpochs() {
        runs.put("a", run("train_loss", 2, 1, 0.5));
        Drawing drawing = drawn(new Curves("train_loss", false, false, true));
        assertThat(drawing.texts()).contains("step", "10", "30").doesNotContain("epoch");
    }

    @Test
    void whatIsSampledIsDrawnByItsSteps() {
        JsonObject run = run("train_loss", 2, 1);
        run.getAsJsonObject("samples").add("step", SampleRuns.column(1, 21, 41));
        run.getAsJsonObject("samples").add("loss", SampleRuns.column(3, 2, 1));
        runs.put("a", run);
        Drawing drawing = drawn(new Curves("loss", false, false, false));
        assertThat(drawing.description()).isEqualTo("loss by step. a: from 3 at 1 to 1 at 41.");
    }

    @Test
    void aRunThatIsNotFiniteIsMarkedWhereItEnds() {
        runs.put("good", run("train_loss", 2, 1.5, 1, 0.5));
        runs.put("bad", ended(run("train_loss", 2.5, 9), "non_finite", Double.NaN));
        runs.put("worse", ended(run("train_loss"), "non_finite", Double.POSITIVE_INFINITY));
        Drawing drawing = drawn(LINEAR);
        assertThat(drawing.texts()).contains("good", "bad × NaN", "worse × ∞");
        double[] last =
                Drawing.dots(drawing.elements("path", "fd", "s1").get(0)).get(1);
        List<double[]> cross =
                Drawing.points(drawing.elements("path", "fx", "s1").get(0));
        assertThat(cross.stream().mapToDouble(point -> point[0]).average().orElseThrow())
                .isCloseTo(last[0], within(0.06));
        assertThat(cross.stream().mapToDouble(point -> point[1]).average().orElseThrow())
                .isCloseTo(last[1], within(0.06));
        // One that never had a loss is above all that had one.
        assertThat(Drawing.points(drawing.elements("path", "fx", "s2").get(0)))
                .allSatisfy(point -> assertThat(point[1]).isLessThan(last[1]));
        assertThat(drawing.description())
                .isEqualTo("train loss by epoch. good: from 2 at 1 to 0.5 at 4; bad: from 2.5 at 1 to 9 at 2, then NaN;"
                        + " worse: no finite value, then ∞.");
    }

    @Test
    void aRunThatAMonitorStoppedSaysWhichOne() {
        runs.put("a", run("train_loss", 2, 1));
        runs.put("b", ended(run("train_loss", 2, 3), "loss_stuck", 0.1));
        assertThat(drawn(LINEAR).texts()).contains("b × loss stuck");
    }

    @Test
    void infinitiesAmongTheValuesAreNoPlaces() {
        runs.put("a", run("train_loss", 2, Double.POSITIVE_INFINITY, 1));
        runs.put("b", run("train_loss", 2, Double.NaN, 1));
        assertThat(Drawing.dots(drawn(LINEAR).elements("path", "fd", "s0").get(0)))
                .hasSize(2);
    }

    @Test
    void anAxisThatIsCutSaysSo() {
        double[] values = IntStream.range(0, 30)
                .mapToDouble(i -> i == 29 ? 1e6 : 2 - i / 30.0)
                .toArray();
        runs.put("a", run("train_loss", values));
        Drawing drawing = drawn(LINEAR);
        assertThat(drawing.texts()).anyMatch(text -> text.matches("cut at [0-9.]+; the greatest is 1e6"));
        assertThat(drawing.texts()).contains("2", "4").doesNotContain("1e6");
    }

    @Test
    void ofMoreLinesThanHuesTheNamesStandAtTheirEnds() {
        for (int i = 0; i < 20; i++) {
            runs.put("run_" + i, run("train_loss", 2, 1 + i / 100.0));
        }
        Drawing drawing = drawn(LINEAR);
        List<Double> places = drawing.elements("text").stream()
                .filter(text -> text.getTextContent().startsWith("run_"))
                .map(text -> Drawing.number(text, "y"))
                .sorted()
                .toList();
        assertThat(places).hasSize(20);
        for (int i = 1; i < 20; i++) {
            assertThat(places.get(i) - places.get(i - 1)).isGreaterThanOrEqualTo(Svg.LINE - 0.11);
        }
        assertThat(drawing.elements("path", "fl", "s0")).isEmpty();
    }

    @Test
    void theSameRunsGiveTheSameBytes() {
        runs.put("a", run("train_loss", 2, 1, 0.3));
        runs.put("b", ended(run("train_loss", 2), "non_finite", Double.NaN));
        assertThat(LINEAR.draw("x", runs)).isEqualTo(LINEAR.draw("x", new LinkedHashMap<>(runs)));
    }

    @Test
    void aMetricThatThereIsNotIsSaidWithTheNearest() {
        runs.put("a", run("train_loss", 2, 1));
        assertThatThrownBy(() -> drawn(new Curves("train_los", false, false, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no metric 'train_los'; did you mean 'train_loss'? There are: train_loss, loss");
        runs.put("a", run("validation_loss", Double.NaN, Double.NaN));
        assertThatThrownBy(() -> drawn(new Curves("validation_loss", false, false, false)))
                .hasMessage("run 'a' has no validation_loss");
        runs.clear();
        assertThatThrownBy(() -> drawn(LINEAR)).hasMessage("there is no run to draw");
    }
}

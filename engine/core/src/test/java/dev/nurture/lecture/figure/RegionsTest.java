package dev.nurture.lecture.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class RegionsTest {
    private static final int WIDTH = 12;
    private static final int HEIGHT = 8;

    private final int[] classes = new int[WIDTH * HEIGHT];
    private final JsonArray points = new JsonArray();

    private Drawing drawn() {
        JsonObject run = SampleRuns.run("train_accuracy", 0.5, 0.75);
        JsonObject regions = new JsonObject();
        regions.add("x", SampleRuns.column(-2, 2));
        regions.add("y", SampleRuns.column(-1, 3));
        regions.addProperty("width", WIDTH);
        regions.addProperty("height", HEIGHT);
        JsonArray array = new JsonArray();
        for (int k : classes) {
            array.add(k);
        }
        regions.add("classes", array);
        regions.add("points", points);
        run.add("regions", regions);
        return Drawing.of(new Regions().draw("Regions", Map.of("net", run)));
    }

    /** Returns the areas of the rectangles that a path is made of. */
    private static double area(Element path) {
        List<double[]> corners = Drawing.points(path);
        double area = 0;
        for (int i = 0; i < corners.size(); i += 4) {
            area += Math.abs(corners.get(i + 1)[0] - corners.get(i)[0])
                    * Math.abs(corners.get(i + 2)[1] - corners.get(i + 1)[1]);
        }
        return area;
    }

    @Test
    void eachClassHasTheAreaOfItsCellsInFewRectangles() {
        SplittableRandom random = new SplittableRandom(3);
        int[] counts = new int[3];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = random.nextInt(3);
            counts[classes[i]]++;
        }
        Drawing drawing = drawn();
        Element frame = drawing.elements("rect", "fa").get(0);
        double whole = Drawing.number(frame, "width") * Drawing.number(frame, "height");
        for (int k = 0; k < 3; k++) {
            double share = area(drawing.elements("path", "ft", "f" + k).get(0)) / whole;
            assertThat(share).isCloseTo(counts[k] / 96.0, within(0.003));
        }
    }

    @Test
    void rowsGoUpFromTheLeastValue() {
        // The upper half is of class 1.
        for (int i = classes.length / 2; i < classes.length; i++) {
            classes[i] = 1;
        }
        Drawing drawing = drawn();
        List<double[]> lower =
                Drawing.points(drawing.elements("path", "ft", "f0").get(0));
        List<double[]> upper =
                Drawing.points(drawing.elements("path", "ft", "f1").get(0));
        assertThat(lower).hasSize(4);
        assertThat(upper).hasSize(4);
        double middle = drawing.place("y", "0", 0, "2", 2, 1);
        assertThat(lower.get(2)[1]).isCloseTo(middle, within(0.11));
        assertThat(upper.get(0)[1]).isCloseTo(middle, within(0.11));
        assertThat(upper.get(2)[1]).isLessThan(middle);
    }

    @Test
    void pointsLieWhereTheyAreInTheHueOfTheirClass() {
        points.add(SampleRuns.column(1, 2, 4));
        points.add(SampleRuns.column(-1, 0, 0));
        Drawing drawing = drawn();
        double[] point =
                Drawing.dots(drawing.elements("path", "fd", "fe", "s4").get(0)).get(0);
        assertThat(point[0]).isCloseTo(drawing.place("x", "−1", -1, "1", 1, 1), within(0.11));
        assertThat(point[1]).isCloseTo(drawing.place("y", "0", 0, "3", 3, 2), within(0.11));
        assertThat(drawing.texts()).contains("net", "training accuracy 0.75", "class 0", "class 4");
    }

    @Test
    void aRunWithoutRegionsIsNamed() {
        assertThatThrownBy(() -> new Regions().draw("a", Map.of("net", SampleRuns.run("train_loss", 1))))
                .hasMessageStartingWith("run 'net' has no decision regions: ");
    }
}

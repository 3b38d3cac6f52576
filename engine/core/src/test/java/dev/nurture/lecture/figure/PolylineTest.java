package dev.nurture.lecture.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolylineTest {
    private final Scale x = new Scale(0, 100, 0, 500, false);
    private final Scale y = new Scale(-1, 1, 300, 0, false);

    private List<double[]> drawn(double[] xs, double[] ys) {
        Svg svg = new Svg();
        svg.path("p", Polyline.through(x, y, xs, ys));
        return Drawing.points(
                Drawing.of(svg.end(300, "a", "b")).elements("path", "p").get(0));
    }

    /** The oracle: how far a place is from the pieces between the points that were kept. */
    private static double distance(List<double[]> line, double px, double py) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < line.size(); i++) {
            double[] a = line.get(i - 1);
            double[] b = line.get(i);
            double dx = b[0] - a[0];
            double dy = b[1] - a[1];
            double at =
                    Math.max(0, Math.min(1, ((px - a[0]) * dx + (py - a[1]) * dy) / Math.max(1e-9, dx * dx + dy * dy)));
            least = Math.min(least, Math.hypot(px - a[0] - at * dx, py - a[1] - at * dy));
        }
        return least;
    }

    @Test
    void aSmoothCurveNeedsFewPointsAndMissesNoneByMoreThanTheEyeSees() {
        double[] xs = IntStream.range(0, 900).mapToDouble(i -> i / 9.0).toArray();
        double[] ys = Arrays.stream(xs).map(v -> Math.sin(v / 10)).toArray();
        List<double[]> points = drawn(xs, ys);
        assertThat(points).hasSizeBetween(10, 150);
        for (int i = 0; i < xs.length; i++) {
            assertThat(distance(points, x.at(xs[i]), y.at(ys[i]))).isLessThan(0.25);
        }
    }

    @Test
    void ofAHundredThousandValuesThePeaksStay() {
        int count = 100_000;
        SplittableRandom random = new SplittableRandom(1);
        double[] xs =
                IntStream.range(0, count).mapToDouble(i -> 100.0 * i / count).toArray();
        double[] ys = IntStream.range(0, count)
                .mapToDouble(i -> random.nextDouble(-0.5, 0.5))
                .toArray();
        ys[54_321] = 0.97;
        ys[77_777] = -0.93;
        List<double[]> points = drawn(xs, ys);
        assertThat(points.size()).isLessThan(5_000);
        assertThat(distance(points, x.at(xs[54_321]), y.at(0.97))).isLessThan(0.1);
        assertThat(distance(points, x.at(xs[77_777]), y.at(-0.93))).isLessThan(0.1);
    }

    @Test
    void whatIsNotFiniteBreaksTheLine() {
        String path = Polyline.through(x, y, new double[] {0, 10, 20, 30, 40, 50}, new double[] {
            0, 0.5, Double.NaN, 0, Double.POSITIVE_INFINITY, 1
        });
        assertThat(path).isEqualTo("M0 150 50 75M150 150h0M250 0h0");
    }

    @Test
    void whatIsNotPositiveBreaksTheLineOfALogarithmicAxis() {
        Scale log = new Scale(0.01, 1, 200, 0, true);
        assertThat(Polyline.through(x, log, new double[] {0, 10, 20, 30}, new double[] {1, 0.1, 0, -1}))
                .isEqualTo("M0 0 50 100");
    }

    @Test
    void aLineThatLeavesForFarAwayKeepsNumbersThatAPictureCanHold() {
        List<double[]> points = drawn(new double[] {0, 50, 100}, new double[] {0, 1e30, -1e300});
        assertThat(points).allSatisfy(point -> assertThat(Math.abs(point[1])).isLessThan(3_000));
        assertThat(points.get(0)[1]).isCloseTo(150, within(0.06));
    }
}

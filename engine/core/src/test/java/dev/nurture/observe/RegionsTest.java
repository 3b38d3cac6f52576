package dev.nurture.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionsTest {
    /** Of 1,500 rows from (-1, 10) to (3, 30). */
    private static Dataset rows() {
        int rows = 1_500;
        float[] x = new float[2 * rows];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            x[2 * i] = -1 + 4f * i / (rows - 1);
            x[2 * i + 1] = 30 - 20f * i / (rows - 1);
            labels[i] = i % 3;
        }
        return Dataset.classification(Shape.of(2), x, labels, 3, List.of());
    }

    /** Right of x = 1 is class 2, left of it class 0 below y = 20 and class 1 above. */
    private static int side(double x, double y) {
        return x > 1 ? 2 : y > 20 ? 1 : 0;
    }

    @Test
    void eachCellIsAskedForAtItsMiddleAndHasTheClassThatIsGreatest() {
        Dataset rows = rows();
        Regions regions = Regions.of(rows).orElseThrow();
        // Preparing the rows for the network overwrites them.
        Arrays.fill(rows.x(), 99);
        Dataset grid = regions.grid();
        float[] predictions = new float[3 * grid.rows()];
        for (int i = 0; i < grid.rows(); i++) {
            predictions[3 * i + side(grid.x()[2 * i], grid.x()[2 * i + 1])] = 0.5f;
        }
        JsonObject json = regions.json(predictions).orElseThrow();
        double[] x = ends(json, "x");
        double[] y = ends(json, "y");
        assertThat(x).containsExactly(new double[] {-1 - 0.08 * 4, 3 + 0.08 * 4}, within(1e-5));
        assertThat(y).containsExactly(new double[] {10 - 0.08 * 20, 30 + 0.08 * 20}, within(1e-5));
        int width = json.get("width").getAsInt();
        assertThat(grid.x()[0]).isCloseTo((float) (x[0] + (x[1] - x[0]) / width / 2), within(1e-5f));
        int height = json.get("height").getAsInt();
        JsonArray classes = json.getAsJsonArray("classes");
        assertThat(classes).hasSize(width * height).hasSize(grid.rows());
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double middleX = x[0] + (column + 0.5) * (x[1] - x[0]) / width;
                double middleY = y[0] + (row + 0.5) * (y[1] - y[0]) / height;
                assertThat(classes.get(row * width + column).getAsInt()).isEqualTo(side(middleX, middleY));
            }
        }
    }

    private static double[] ends(JsonObject json, String name) {
        JsonArray array = json.getAsJsonArray(name);
        return new double[] {array.get(0).getAsDouble(), array.get(1).getAsDouble()};
    }

    @Test
    void theFirstThousandRowsAreItsPoints() {
        Dataset rows = rows();
        Regions regions = Regions.of(rows).orElseThrow();
        Arrays.fill(rows.x(), 99);
        JsonArray points =
                regions.json(new float[3 * regions.grid().rows()]).orElseThrow().getAsJsonArray("points");
        assertThat(points).hasSize(1_000);
        JsonArray second = points.get(1).getAsJsonArray();
        assertThat(second.get(0).getAsDouble()).isCloseTo(-1 + 4 / 1499.0, within(1e-6));
        assertThat(second.get(1).getAsDouble()).isCloseTo(30 - 20 / 1499.0, within(1e-5));
        assertThat(second.get(2).getAsInt()).isEqualTo(1);
    }

    @Test
    void rowsInOnePlaceHaveSomeRoomAboutThem() {
        Dataset rows = Dataset.classification(Shape.of(2), new float[] {4, 0, 4, 0}, new int[2], 2, List.of());
        Regions regions = Regions.of(rows).orElseThrow();
        JsonObject json = regions.json(new float[2 * regions.grid().rows()]).orElseThrow();
        assertThat(json.get("x")).hasToString("[3.0,5.0]");
        assertThat(json.get("y")).hasToString("[-1.0,1.0]");
    }

    @Test
    void aNetworkThatGivesNoNumbersHasNoRegions() {
        Regions regions = Regions.of(rows()).orElseThrow();
        float[] predictions = new float[3 * regions.grid().rows()];
        predictions[500] = Float.NaN;
        assertThat(regions.json(predictions)).isEmpty();
    }

    @Test
    void onlyAClassificationInThePlaneHasRegions() {
        assertThat(Regions.of(Dataset.regression(Shape.of(2), new float[4], new float[2], 1)))
                .isEmpty();
        assertThat(Regions.of(Dataset.classification(Shape.of(3), new float[6], new int[2], 2, List.of())))
                .isEmpty();
        assertThat(Regions.of(Dataset.classification(Shape.of(2, 1, 1), new float[4], new int[2], 2, List.of())))
                .isPresent();
    }
}

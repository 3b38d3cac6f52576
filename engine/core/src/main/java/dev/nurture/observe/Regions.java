package dev.nurture.observe;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which class a network gives where in the plane, of a classification of rows with two features: of a grid of points over
 * the range of the training rows and a margin. Made before the rows are prepared for the network.
 */
public final class Regions {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 96;
    private static final int MOST_POINTS = 1_000;

    /** On each side, of the range of the rows. */
    private static final double MARGIN = 0.08;

    private final Shape shape;
    private final int classes;
    private final float[] points;
    private final int[] labels;
    private final float[] x;
    private final float[] y;

    private Regions(Dataset train) {
        shape = train.shape();
        classes = train.width();
        int kept = Math.min(MOST_POINTS, train.rows());
        points = Arrays.copyOf(train.x(), 2 * kept);
        labels = Arrays.copyOf(train.labels(), kept);
        x = range(train.x(), 0);
        y = range(train.x(), 1);
    }

    /**
     * Prepares to ask for the regions; empty where there are none to draw.
     *
     * @param train the rows as they were loaded; what is needed of them is copied
     */
    public static Optional<Regions> of(Dataset train) {
        return train.classification() && train.shape().size() == 2 ? Optional.of(new Regions(train)) : Optional.empty();
    }

    private static float[] range(float[] x, int feature) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = feature; i < x.length; i += 2) {
            least = Math.min(least, x[i]);
            most = Math.max(most, x[i]);
        }
        double margin = least < most ? MARGIN * ((double) most - least) : 1;
        return new float[] {(float) (least - margin), (float) (most + margin)};
    }

    /** Returns the middles of the grid's cells as rows: those of the least second feature first, in each from the least first. */
    public Dataset grid() {
        float[] cells = new float[2 * WIDTH * HEIGHT];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            cells[2 * i] = middle(x, i % WIDTH, WIDTH);
            cells[2 * i + 1] = middle(y, i / WIDTH, HEIGHT);
        }
        return Dataset.classification(shape, cells, new int[WIDTH * HEIGHT], classes, List.of());
    }

    private static float middle(float[] range, int cell, int cells) {
        return (float) (range[0] + ((double) range[1] - range[0]) * (cell + 0.5) / cells);
    }

    /**
     * Returns the regions, the range that they cover and training points in it; empty where the network gives what is not
     * finite.
     *
     * @param predictions what the network gives for the rows of {@link #grid}, a value a class each
     */
    public Optional<JsonObject> json(float[] predictions) {
        for (float prediction : predictions) {
            if (!Float.isFinite(prediction)) {
                return Optional.empty();
            }
        }
        JsonObject json = new JsonObject();
        json.add("x", numbers(x));
        json.add("y", numbers(y));
        json.addProperty("width", WIDTH);
        json.addProperty("height", HEIGHT);
        JsonArray cells = new JsonArray();
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            cells.add(Answers.greatest(predictions, i * classes, classes));
        }
        json.add("classes", cells);
        JsonArray all = new JsonArray();
        for (int i = 0; i < labels.length; i++) {
            JsonArray point = numbers(new float[] {points[2 * i], points[2 * i + 1]});
            point.add(labels[i]);
            all.add(point);
        }
        json.add("points", all);
        return Optional.of(json);
    }

    private static JsonArray numbers(float[] values) {
        JsonArray numbers = new JsonArray();
        for (float value : values) {
            numbers.add(value);
        }
        return numbers;
    }
}

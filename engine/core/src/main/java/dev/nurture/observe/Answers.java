package dev.nurture.observe;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.spi.Dataset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What a network answers to the rows of a classification: which class for which, and where it is most wrong. One thread. */
public final class Answers {
    private static final int MOST_MISTAKES = 24;

    /** Of more classes there is no table to look at. */
    private static final int MOST_CLASSES = 200;

    private final String split;
    private final Dataset data;
    private final int[][] counts;
    private final PriorityQueue<Mistake> mistakes = new PriorityQueue<>(Comparator.comparingDouble(Mistake::certainty));

    /** @param certainty the probability of the wrong class */
    private record Mistake(int row, int predicted, float certainty, float[] probabilities) {}

    /** @param split the name of the rows, such as {@code test} */
    public Answers(String split, Dataset data) {
        this.split = split;
        this.data = data;
        int classes = data.classification() && data.width() <= MOST_CLASSES ? data.width() : 0;
        counts = new int[classes][classes];
    }

    /**
     * Takes what is answered to some rows.
     *
     * @param first of the rows
     * @param predictions {@code rows · classes} of them, as a loss shows them to users
     */
    public void take(int first, int rows, float[] predictions) {
        int classes = counts.length;
        for (int i = 0; i < rows && classes > 0; i++) {
            int best = greatest(predictions, i * classes, classes);
            int label = data.labels()[first + i];
            counts[label][best]++;
            float certainty = predictions[i * classes + best];
            // Scores are no probabilities: of them nobody can tell which is the worst.
            if (label != best && certainty >= 0 && certainty <= 1 && worse(certainty)) {
                float[] all = new float[classes];
                System.arraycopy(predictions, i * classes, all, 0, classes);
                mistakes.add(new Mistake(first + i, best, certainty, all));
            }
            if (mistakes.size() > MOST_MISTAKES) {
                mistakes.poll();
            }
        }
    }

    /** Returns which of a row's values is the greatest, the first of several. */
    static int greatest(float[] values, int from, int count) {
        int best = 0;
        for (int k = 1; k < count; k++) {
            best = values[from + k] > values[from + best] ? k : best;
        }
        return best;
    }

    private boolean worse(float certainty) {
        return mistakes.size() < MOST_MISTAKES || certainty > mistakes.peek().certainty;
    }

    /** Adds the classes, the table of answers and the worst mistakes to an object, as far as there are any. */
    public void addTo(JsonObject json) {
        if (counts.length == 0) {
            return;
        }
        json.add("classes", names(data));
        JsonArray table = new JsonArray();
        for (int[] row : counts) {
            JsonArray line = new JsonArray();
            for (int count : row) {
                line.add(count);
            }
            table.add(line);
        }
        JsonObject confusion = new JsonObject();
        confusion.addProperty("split", split);
        confusion.add("counts", table);
        json.add("confusion", confusion);
        JsonArray worst = new JsonArray();
        mistakes.stream()
                .sorted(Comparator.comparingDouble(Mistake::certainty)
                        .reversed()
                        .thenComparingInt(Mistake::row))
                .forEach(mistake -> worst.add(json(mistake)));
        json.add("mistakes", worst);
    }

    /** Returns the names of the classes; their numbers where they have none. */
    public static JsonArray names(Dataset data) {
        JsonArray names = new JsonArray();
        for (int k = 0; k < data.width(); k++) {
            names.add(
                    data.classNames().size() == data.width() ? data.classNames().get(k) : Integer.toString(k));
        }
        return names;
    }

    private JsonObject json(Mistake mistake) {
        JsonObject json = new JsonObject();
        json.addProperty("row", mistake.row);
        json.addProperty("label", data.labels()[mistake.row]);
        json.addProperty("predicted", mistake.predicted);
        JsonArray probabilities = new JsonArray();
        for (float probability : mistake.probabilities) {
            probabilities.add(probability);
        }
        json.add("probabilities", probabilities);
        int size = data.shape().size();
        json.add("image", Picture.json(data.x(), mistake.row * size, 1, data.shape()));
        return json;
    }
}

package dev.nurture.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final int ROWS = 500;
    private static final int CLASSES = 3;

    private final RandomGenerator random = new SplittableRandom(5);
    private final int[] labels = random.ints(ROWS, 0, CLASSES).toArray();
    private final float[] predictions = new float[ROWS * CLASSES];
    private final Dataset data = Dataset.classification(
            Shape.of(1, 2, 2), new float[ROWS * 4], labels, CLASSES, List.of("low", "middle", "high"));

    private JsonObject told(int batch) {
        Answers answers = new Answers("test", data);
        for (int first = 0; first < ROWS; first += batch) {
            int rows = Math.min(batch, ROWS - first);
            float[] some = new float[rows * CLASSES];
            System.arraycopy(predictions, first * CLASSES, some, 0, some.length);
            answers.take(first, rows, some);
        }
        JsonObject json = new JsonObject();
        answers.addTo(json);
        return json;
    }

    private void predict() {
        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                predictions[row * CLASSES + k] = random.nextFloat();
                sum += predictions[row * CLASSES + k];
            }
            for (int k = 0; k < CLASSES; k++) {
                predictions[row * CLASSES + k] /= (float) sum;
            }
        }
    }

    private int predicted(int row) {
        int best = 0;
        for (int k = 1; k < CLASSES; k++) {
            best = predictions[row * CLASSES + k] > predictions[row * CLASSES + best] ? k : best;
        }
        return best;
    }

    @Test
    void everyRowIsCountedOnceHoweverTheyAreBatched() {
        predict();
        JsonObject told = told(64);
        JsonArray counts = told.getAsJsonObject("confusion").getAsJsonArray("counts");
        for (int label = 0; label < CLASSES; label++) {
            for (int answer = 0; answer < CLASSES; answer++) {
                int count = 0;
                for (int row = 0; row < ROWS; row++) {
                    count += labels[row] == label && predicted(row) == answer ? 1 : 0;
                }
                assertThat(counts.get(label).getAsJsonArray().get(answer).getAsInt())
                        .isEqualTo(count);
            }
        }
        assertThat(told(7)).isEqualTo(told);
        assertThat(told.getAsJsonArray("classes")).hasToString("[\"low\",\"middle\",\"high\"]");
    }

    @Test
    void theMistakesAreTheSurestWrongAnswersTheWorstFirst() {
        predict();
        List<Double> sure = java.util.stream.IntStream.range(0, ROWS)
                .filter(row -> predicted(row) != labels[row])
                .mapToObj(row -> (double) predictions[row * CLASSES + predicted(row)])
                .sorted(java.util.Comparator.reverseOrder())
                .limit(24)
                .toList();
        JsonArray mistakes = told(100).getAsJsonArray("mistakes");
        assertThat(mistakes).hasSize(24);
        for (int i = 0; i < 24; i++) {
            JsonObject mistake = mistakes.get(i).getAsJsonObject();
            int row = mistake.get("row").getAsInt();
            assertThat(mistake.get("label").getAsInt()).isEqualTo(labels[row]);
            assertThat(mistake.get("predicted").getAsInt()).isEqualTo(predicted(row));
            assertThat((double) mistake.getAsJsonArray("probabilities")
                            .get(predicted(row))
                            .getAsFloat())
                    .isEqualTo(sure.get(i));
        }
    }

    @Test
    void scoresHaveNoSurest() {
        predict();
        for (int i = 0; i < predictions.length; i++) {
            predictions[i] = 30 * predictions[i] + 2;
        }
        assertThat(told(100).getAsJsonArray("mistakes")).isEmpty();
        assertThat(told(100).has("confusion")).isTrue();
    }

    @Test
    void aRegressionHasNoClassesToShow() {
        Answers answers = new Answers("test", Dataset.regression(Shape.of(1), new float[2], new float[2], 1));
        answers.take(0, 2, new float[] {0.5f, 0.25f});
        JsonObject json = new JsonObject();
        answers.addTo(json);
        assertThat(json.size()).isZero();
    }

    @Test
    void aPictureGoesFromBlackToWhiteRowByRowItsChannelsTogether() {
        // Channels first, as rows are: red 0-3, green 4-7, blue 8-11 of two by two pixels.
        float[] values = {99, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        JsonObject picture = Picture.json(values, 1, 1, Shape.of(3, 2, 2)).getAsJsonObject();
        byte[] pixels = Base64.getDecoder().decode(picture.get("pixels").getAsString());
        int[] grey = new int[12];
        for (int i = 0; i < 12; i++) {
            grey[i] = Math.round(11 * (pixels[i] & 255) / 255f);
        }
        assertThat(grey).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
        assertThat(Picture.json(values, 0, 1, Shape.of(2, 2, 2)).isJsonNull()).isTrue();
        assertThat(Picture.json(values, 0, 1, Shape.of(12)).isJsonNull()).isTrue();
    }
}

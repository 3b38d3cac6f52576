package dev.nurture.faults.parts;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Shape;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Pictures of 8×8 values in ten classes, each a random template and noise; and, if wanted, something wrong with them. */
final class Blobs implements DataSource {
    private static final Param<String> FAULT = Param.choice(
                    "fault", "none", "nan", "offset", "constant", "rare", "permuted", "repeated", "labels")
            .or("none")
            .doc("what is wrong");
    private static final Param<Double> NOISE =
            Param.number("noise").in("[0, 100]").or(1.5).doc("deviation within a class, against that between classes");

    static final Factory<DataSource> FACTORY = new Factory<>(
            DataSource.class,
            "blobs",
            "Pictures of ten classes with something wrong.",
            List.of(FAULT, NOISE),
            settings -> new Blobs(settings.get(FAULT), settings.get(NOISE)));

    private static final int ROWS = 1_000;
    private static final int CLASSES = 10;
    private static final int SIZE = 64;

    private final String fault;
    private final double noise;

    Blobs(String fault, double noise) {
        this.fault = fault;
        this.noise = noise;
    }

    @Override
    public Splits load(Context context) {
        RandomGenerator random = context.random();
        float[] templates = normal(CLASSES * SIZE, random);
        float[] x = normal(ROWS * SIZE, random);
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            int label = random.nextInt(CLASSES);
            while (fault.equals("rare") && label == 3 && random.nextInt(50) != 0) {
                label = random.nextInt(CLASSES);
            }
            labels[row] = label;
            for (int i = 0; i < SIZE; i++) {
                int at = row * SIZE + i;
                x[at] = (float) ((templates[label * SIZE + i] + noise * x[at]) / Math.sqrt(1 + noise * noise));
            }
        }
        spoil(x, labels, random);
        return new Splits(Dataset.classification(Shape.of(1, 8, 8), x, labels, CLASSES, List.of()), Optional.empty());
    }

    private static float[] normal(int count, RandomGenerator random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private void spoil(float[] x, int[] labels, RandomGenerator random) {
        switch (fault) {
            case "nan" -> x[17 * SIZE + 5] = Float.NaN;
            case "labels" -> labels[17] = CLASSES;
            case "offset" -> {
                for (int i = 0; i < x.length; i++) {
                    x[i] += 3;
                }
            }
            case "constant" -> {
                for (int i = 0; i < x.length; i++) {
                    x[i] = i % SIZE / 8 == 3 || i % SIZE / 8 == 4 ? 0.5f : x[i];
                }
            }
            case "permuted" -> {
                for (int row = 0; row < ROWS; row++) {
                    labels[row] = random.nextInt(CLASSES);
                }
            }
            case "repeated" -> {
                for (int row = ROWS / 2; row < ROWS; row++) {
                    int other = random.nextInt(ROWS / 2);
                    System.arraycopy(x, other * SIZE, x, row * SIZE, SIZE);
                    labels[row] = labels[other];
                }
            }
            default -> {
                // Nothing is wrong.
            }
        }
    }
}

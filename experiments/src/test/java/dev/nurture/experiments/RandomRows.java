package dev.nurture.experiments;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.util.List;

/** Normally distributed rows with targets that have nothing to do with them. */
final class RandomRows {
    private RandomRows() {}

    static float[] normal(int size, double mean, double deviation, KeyedRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return values;
    }

    static Dataset classes(int rows, Shape shape, int classes, double mean, double deviation) {
        KeyedRandom random = new KeyedRandom(17);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % classes;
        }
        float[] x = normal(rows * shape.size(), mean, deviation, random);
        return Dataset.classification(shape, x, labels, classes, List.of());
    }

    static Dataset values(int rows, Shape shape, int width) {
        KeyedRandom random = new KeyedRandom(19);
        float[] x = normal(rows * shape.size(), 0, 1, random);
        return Dataset.regression(shape, x, normal(rows * width, 0, 1, random), width);
    }
}

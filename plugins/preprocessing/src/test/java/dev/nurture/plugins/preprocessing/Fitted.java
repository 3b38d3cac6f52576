package dev.nurture.plugins.preprocessing;

import dev.nurture.contracts.MapSettings;
import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A preprocessor made by name, built for a shape, and what it declared. */
final class Fitted {
    private final Preprocessor preprocessor;
    private final TestVariables variables = new TestVariables(300);
    private final Shape output;

    Fitted(String name, Shape input, Map<String, ?> settings) {
        preprocessor = create(name, settings);
        output = preprocessor.build(input, variables);
    }

    static Preprocessor create(String name, Map<String, ?> settings) {
        Factory<?> factory = new PreprocessingPlugin()
                .factories().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return (Preprocessor) MapSettings.create(factory, settings);
    }

    /** Fits, and checks on the way that the training rows stay as they are. */
    Fitted on(Dataset train) {
        float[] before = train.x().clone();
        preprocessor.fit(train);
        if (!Arrays.equals(before, train.x())) {
            throw new AssertionError("fit changed the training rows");
        }
        return this;
    }

    Shape output() {
        return output;
    }

    float[] buffer(String name) {
        return variables.buffers().get(name);
    }

    float[] apply(float[] x, int rows) {
        return apply(x, rows, TestPass.evaluation());
    }

    /** Applies to rows, and checks on the way that nothing beyond the batch is written and the input stays as it is. */
    float[] apply(float[] x, int rows, Pass pass) {
        float[] before = x.clone();
        float[] y = new float[(rows + 1) * output.size()];
        Arrays.fill(y, Float.NaN);
        preprocessor.apply(x, y, rows, pass);
        if (!Arrays.equals(before, x)) {
            throw new AssertionError("apply changed its input");
        }
        for (int i = rows * output.size(); i < y.length; i++) {
            if (!Float.isNaN(y[i])) {
                throw new AssertionError("apply wrote beyond the batch");
            }
        }
        return Arrays.copyOf(y, rows * output.size());
    }

    static Dataset data(Shape shape, float... x) {
        return Dataset.classification(shape, x, new int[x.length / shape.size()], 2, List.of());
    }

    /** Returns correlated rows about means that differ: value {@code j} is {@code 3j + Σ} of normal values. */
    static Dataset correlated(Shape shape, int rows, long seed) {
        KeyedRandom random = new KeyedRandom(seed);
        int size = shape.size();
        float[] x = new float[rows * size];
        for (int i = 0; i < rows; i++) {
            double walk = 0;
            for (int j = 0; j < size; j++) {
                walk = 0.7 * walk + (1 + j % 3) * random.nextGaussian();
                x[i * size + j] = (float) (3 * j + walk);
            }
        }
        return data(shape, x);
    }

    /** Returns the mean of value {@code j} over rows. */
    static double mean(float[] x, int size, int j) {
        double sum = 0;
        for (int i = j; i < x.length; i += size) {
            sum += x[i];
        }
        return sum / (x.length / size);
    }

    /** Returns the biased covariance of values {@code j} and {@code k} over rows. */
    static double covariance(float[] x, int size, int j, int k) {
        double meanJ = mean(x, size, j);
        double meanK = mean(x, size, k);
        double sum = 0;
        for (int i = 0; i < x.length; i += size) {
            sum += (x[i + j] - meanJ) * (x[i + k] - meanK);
        }
        return sum / (x.length / size);
    }
}

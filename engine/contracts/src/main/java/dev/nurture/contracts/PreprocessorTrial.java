package dev.nurture.contracts;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import java.util.Arrays;

/** A preprocessor built for a shape, with its memory. */
final class PreprocessorTrial {
    /** Rows of the data sets on which it is fitted. */
    static final int ROWS = 60;

    static final int CLASSES = 3;

    final Preprocessor preprocessor;
    final Shape input;
    final Shape output;
    final TestVariables variables;

    /** Builds a new instance. */
    PreprocessorTrial(Subject<Preprocessor> subject, Shape input, int capacity, int workers) {
        this.input = input;
        preprocessor = subject.fresh();
        variables = new TestVariables(capacity, workers);
        output = preprocessor.build(input, variables);
    }

    /** Builds a new instance and fits it on rows drawn for a purpose. */
    static PreprocessorTrial fitted(Subject<Preprocessor> subject, Shape input, int capacity, int workers) {
        PreprocessorTrial trial = new PreprocessorTrial(subject, input, capacity, workers);
        trial.preprocessor.fit(rows(input, ROWS, subject.random("train")));
        return trial;
    }

    /** Returns rows whose values have means and deviations of their own, with labels. */
    static Dataset rows(Shape shape, int count, KeyedRandom random) {
        int size = shape.size();
        float[] x = Floats.normal(count * size, 1, random);
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] * (1 + i % size % 4) + i % size % 7 - 2;
        }
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % CLASSES;
        }
        return Dataset.classification(shape, x, labels, CLASSES, java.util.List.of());
    }

    float[] apply(float[] x, int batch, Pass pass) {
        float[] y = Floats.poisoned(variables.capacity() * output.size());
        preprocessor.apply(x, y, batch, pass);
        return Arrays.copyOf(y, batch * output.size());
    }
}

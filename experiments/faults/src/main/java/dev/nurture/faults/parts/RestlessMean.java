package dev.nurture.faults.parts;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;

/** Subtracts the mean, which it learns from the training rows and goes on learning from every other row. */
final class RestlessMean implements Preprocessor {
    private int size;
    private float[] mean;

    @Override
    public Shape build(Shape input, Variables variables) {
        size = input.size();
        mean = variables.buffer("mean", Shape.of(size), 0);
        return input;
    }

    @Override
    public void fit(Dataset train) {
        learn(train.x(), train.rows());
    }

    private void learn(float[] x, int rows) {
        for (int j = 0; j < size; j++) {
            double sum = 0;
            for (int i = j; i < rows * size; i += size) {
                sum += x[i];
            }
            mean[j] = (float) (0.5 * mean[j] + 0.5 * sum / rows);
        }
    }

    @Override
    public void apply(float[] x, float[] y, int batch, Pass pass) {
        learn(x, batch);
        for (int i = 0; i < batch * size; i++) {
            y[i] = x[i] - mean[i % size];
        }
    }
}

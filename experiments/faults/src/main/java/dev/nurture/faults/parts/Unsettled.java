package dev.nurture.faults.parts;

import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;

/** Batch normalization of single values whose running deviation is never learned: evaluation divides by 5 for good. */
final class Unsettled extends Unit {
    private static final float NEVER_LEARNED = 5;

    private double[] deviation;
    private double[] mean;
    private float[] running;

    @Override
    public Shape build(Shape input, Variables variables) {
        Shape output = super.build(input, variables);
        running = variables.buffer("mean", Shape.of(size), 0);
        deviation = new double[size];
        mean = new double[size];
        return output;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        if (pass.training()) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                double squares = 0;
                for (int i = j; i < batch * size; i += size) {
                    sum += x[i];
                    squares += (double) x[i] * x[i];
                }
                mean[j] = sum / batch;
                deviation[j] = Math.sqrt(Math.max(0, squares / batch - mean[j] * mean[j]) + 1e-5);
                running[j] += 0.1f * (mean[j] - running[j]);
            }
        }
        for (int i = 0; i < batch * size; i++) {
            int j = i % size;
            y[i] = (float) (pass.training() ? (x[i] - mean[j]) / deviation[j] : (x[i] - running[j]) / NEVER_LEARNED);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        for (int j = 0; j < size && dx != null; j++) {
            double sum = 0;
            double dot = 0;
            for (int i = j; i < batch * size; i += size) {
                sum += dy[i];
                dot += (double) dy[i] * y[i];
            }
            for (int i = j; i < batch * size; i += size) {
                dx[i] = (float) ((dy[i] - sum / batch - y[i] * dot / batch) / deviation[j]);
            }
        }
    }
}

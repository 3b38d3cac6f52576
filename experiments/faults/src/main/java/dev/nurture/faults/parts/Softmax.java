package dev.nurture.faults.parts;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;

/** Right in itself, and wrong before a loss that has a softmax of its own. */
final class Softmax implements ActivationLayer {
    private int size;

    @Override
    public Shape build(Shape input, Variables variables) {
        size = input.size();
        return input;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        for (int row = 0; row < batch; row++) {
            float greatest = Float.NEGATIVE_INFINITY;
            for (int i = row * size; i < (row + 1) * size; i++) {
                greatest = Math.max(greatest, x[i]);
            }
            double sum = 0;
            for (int i = row * size; i < (row + 1) * size; i++) {
                sum += Math.exp(x[i] - greatest);
            }
            for (int i = row * size; i < (row + 1) * size; i++) {
                y[i] = (float) (Math.exp(x[i] - greatest) / sum);
            }
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        for (int row = 0; row < batch && dx != null; row++) {
            double dot = 0;
            for (int i = row * size; i < (row + 1) * size; i++) {
                dot += (double) y[i] * dy[i];
            }
            for (int i = row * size; i < (row + 1) * size; i++) {
                dx[i] = (float) (y[i] * (dy[i] - dot));
            }
        }
    }
}

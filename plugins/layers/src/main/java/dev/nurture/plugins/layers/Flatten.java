package dev.nurture.plugins.layers;

import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;

/**
 * The values of an example as one vector. The numbers stay as they are, but the shape does not: it cannot be left out,
 * since what follows may treat features and channels differently.
 */
final class Flatten implements Layer {
    private int size;

    @Override
    public Shape build(Shape input, Variables variables) {
        size = input.size();
        return Shape.of(size);
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        System.arraycopy(x, 0, y, 0, batch * size);
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        if (dx != null) {
            System.arraycopy(dy, 0, dx, 0, batch * size);
        }
    }
}

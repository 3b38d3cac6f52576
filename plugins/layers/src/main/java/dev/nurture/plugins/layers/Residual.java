package dev.nurture.plugins.layers;

import dev.nurture.spi.Initializer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Sequential;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variables;
import java.util.List;

/**
 * {@code y = x + f(x)}, or {@code y = P(x) + f(x)} with a learned linear map {@code P} where the shapes differ: a dense
 * map of vectors; of images a 1×1 convolution whose stride is that of {@code f}.
 */
final class Residual implements Layer {
    private static final int TILE = 16_384;

    private final Sequential body = new Sequential();
    private final Initializer initializer;
    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;

    /** Null when x is added as it is. */
    private Layer projection;

    private int inputSize;
    private int outputSize;
    private float[] bodyOutput;
    private float[] shortcutOutput;
    private float[] shortcutGradient;

    private float[] y;
    private float[] dx;
    private float[] shortcut;
    private int count;

    /**
     * @param layers of f
     * @param initializer of the projection; null when there is none
     */
    Residual(List<Layer> layers, Initializer initializer) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a residual block needs at least one layer in 'layers'");
        }
        for (int i = 0; i < layers.size(); i++) {
            body.then("layer_" + i, layers.get(i));
        }
        this.initializer = initializer;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        Shape output = body.build(input, variables);
        inputSize = input.size();
        outputSize = output.size();
        if (initializer != null) {
            projection = projection(input, output);
            Shape projected = projection.build(input, variables.child("projection"));
            if (!projected.equals(output)) {
                throw new IllegalArgumentException("no 1×1 convolution takes a residual block's input of " + input
                        + " to its layers' output of " + output);
            }
            shortcutOutput = variables.perExample(outputSize);
            shortcutGradient = variables.perExample(inputSize);
        } else if (!input.equals(output)) {
            throw new IllegalArgumentException("a residual block adds its input to its layers' output, but " + input
                    + " went in and " + output + " came out; make them equal, or set projection: true");
        }
        bodyOutput = variables.perExample(outputSize);
        return output;
    }

    private Layer projection(Shape input, Shape output) {
        if (input.rank() == 3 && output.rank() == 3) {
            int stride = (input.extent(1) + output.extent(1) - 1) / output.extent(1);
            return new Convolution(output.channels(), 1, 1, stride, new Padding(false, 0), initializer, false);
        }
        return new Dense(outputSize, 1, initializer, false);
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.y = y;
        count = batch * outputSize;
        if (body.identity()) {
            System.arraycopy(x, 0, bodyOutput, 0, count);
        } else {
            body.forward(x, bodyOutput, batch, pass);
        }
        shortcut = x;
        if (projection != null) {
            projection.forward(x, shortcutOutput, batch, pass);
            shortcut = shortcutOutput;
        }
        pass.compute().run(Tile.count(count, TILE), forwardTile);
    }

    private void forwardTile(int tile, int worker) {
        add(bodyOutput, shortcut, y, tile * TILE, Math.min(count, (tile + 1) * TILE));
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        this.dx = dx;
        count = batch * inputSize;
        if (!body.identity()) {
            body.backward(x, bodyOutput, dy, dx, batch, pass);
        } else if (dx != null) {
            System.arraycopy(dy, 0, dx, 0, count);
        }
        shortcut = dy;
        if (projection != null) {
            float[] gradient = dx == null ? null : shortcutGradient;
            projection.backward(x, shortcutOutput, dy, gradient, batch, pass);
            shortcut = shortcutGradient;
        }
        if (dx != null) {
            pass.compute().run(Tile.count(count, TILE), backwardTile);
        }
    }

    private void backwardTile(int tile, int worker) {
        add(dx, shortcut, dx, tile * TILE, Math.min(count, (tile + 1) * TILE));
    }

    private static void add(float[] a, float[] b, float[] sum, int from, int to) {
        for (int i = from; i < to; i++) {
            sum[i] = a[i] + b[i];
        }
    }
}

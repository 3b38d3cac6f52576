package dev.nurture.plugins.activations;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.Arrays;

/**
 * The rectifier with a learned slope a channel: {@code y = max(0, x) + slope · min(0, x)}. The slope is not regularized
 * and starts at .25. K. He et al., "Delving deep into rectifiers", ICCV 2015.
 *
 * <p>A tile is a few whole examples. Each example is worked on in scratch memory that lies index by index under a row of
 * slopes, since loops over arrays at different offsets are not vectorised.
 */
final class Prelu implements ActivationLayer {
    static final float INITIAL_SLOPE = 0.25f;

    /** Values a tile, at least one example. */
    private static final int TILE = 8_192;

    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;

    private int size;
    private int channels;
    private int plane;
    private int examples;
    private Variable slope;
    /** The slope of each value of an example. */
    private float[] slopes;
    /** {@code [tile][channel]}, summed in the order of the tiles. */
    private float[] partial;

    private float[][] values;
    private float[][] gradients;
    private float[][] sums;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int batch;

    @Override
    public Shape build(Shape input, Variables variables) {
        size = input.size();
        channels = input.channels();
        plane = input.plane();
        examples = Math.max(1, TILE / size);
        slope = variables.vector("slope", Shape.of(channels), INITIAL_SLOPE);
        slopes = variables.scratch(size);
        partial = variables.scratch(Math.multiplyExact(Tile.count(variables.capacity(), examples), channels));
        values = variables.perWorker(size);
        gradients = variables.perWorker(size);
        sums = variables.perWorker(size);
        return input;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        this.batch = batch;
        spreadSlopes();
        pass.compute().run(Tile.count(batch, examples), forwardTile);
    }

    private void spreadSlopes() {
        for (int c = 0; c < channels; c++) {
            Arrays.fill(slopes, c * plane, (c + 1) * plane, slope.value()[c]);
        }
    }

    private void forwardTile(int tile, int worker) {
        float[] value = values[worker];
        int end = Math.min(batch, (tile + 1) * examples);
        for (int example = tile * examples; example < end; example++) {
            System.arraycopy(x, example * size, value, 0, size);
            rectify(value, slopes, size);
            System.arraycopy(value, 0, y, example * size, size);
        }
    }

    private static void rectify(float[] value, float[] slopes, int size) {
        for (int i = 0; i < size; i++) {
            value[i] = Math.max(0f, value[i]) + slopes[i] * Math.min(0f, value[i]);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        this.x = x;
        this.dy = dy;
        this.dx = dx;
        this.batch = batch;
        spreadSlopes();
        int tiles = Tile.count(batch, examples);
        pass.compute().run(tiles, backwardTile);
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int tile = 0; tile < tiles; tile++) {
                sum += partial[tile * channels + c];
            }
            slope.gradient()[c] = (float) sum;
        }
    }

    private void backwardTile(int tile, int worker) {
        float[] value = values[worker];
        float[] gradient = gradients[worker];
        float[] sum = sums[worker];
        Arrays.fill(sum, 0, size, 0f);
        int end = Math.min(batch, (tile + 1) * examples);
        for (int example = tile * examples; example < end; example++) {
            System.arraycopy(x, example * size, value, 0, size);
            System.arraycopy(dy, example * size, gradient, 0, size);
            slopeGradient(value, gradient, sum, size);
            if (dx != null) {
                inputGradient(value, gradient, slopes, size);
                System.arraycopy(gradient, 0, dx, example * size, size);
            }
        }
        for (int c = 0; c < channels; c++) {
            double channelSum = 0;
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                channelSum += sum[i];
            }
            partial[tile * channels + c] = (float) channelSum;
        }
    }

    private static void slopeGradient(float[] value, float[] gradient, float[] sum, int size) {
        for (int i = 0; i < size; i++) {
            sum[i] += gradient[i] * Math.min(0f, value[i]);
        }
    }

    private static void inputGradient(float[] value, float[] gradient, float[] slopes, int size) {
        for (int i = 0; i < size; i++) {
            float step = Branchless.step(value[i]);
            gradient[i] = gradient[i] * (step + (1f - step) * slopes[i]);
        }
    }
}

package dev.nurture.plugins.layers;

import dev.nurture.spi.Compute;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.Arrays;

/**
 * Square filters slid over an image, as the field means it: {@code y[f, i, j] = b[f] + Σ w[f, c, u, v] · x[c, i·s + u -
 * p, j·s + v - p]}, with zeros outside the image.
 *
 * <p>Images are spread over tiles. The gradient with respect to the input is, for stride 1, the correlation of {@code
 * dy} with the filters turned round and their channels exchanged; otherwise the lowering transposed. The gradient with
 * respect to the filters is summed within a tile, then over the tiles in their order.
 */
final class Convolution implements Layer {
    /** Sums of the filters' gradient; each is as large as the filters. */
    private static final int MOST_SUMS = 8;
    /** Operations below which a tile of its own does not pay. */
    private static final long TILE_WORK = 2_000_000;
    /** Weights that a tile adds up or puts in another order. */
    private static final int WEIGHTS = 16_384;

    private final int filters;
    private final int channelsOut;
    private final int kernel;
    private final int stride;
    private final Padding padding;
    private final Initializer initializer;
    private final boolean biased;
    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;
    private final Tile arrangeTile = this::arrangeTile;
    private final Tile turnTile = this::turnTile;
    private final Tile sumTile = this::sumTile;
    private final Tile restoreTile = this::restoreTile;

    private int channelsIn;
    private int inputSize;
    private int places;
    private long work;
    private Variable weight;
    private Variable bias;
    private Lowering lowering;
    /** From output to input; null when the stride is not 1. */
    private Lowering inverse;

    private float[][] columns;
    private float[] arranged;
    private float[] turned;
    private float[] turnedArranged;
    private float[][] weightSums;
    private float[] biasSums;
    private float[] ones;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int batch;
    private Pass pass;
    private int span;
    private int sums;

    /**
     * @param filters channels that the activation gives
     * @param inputsPerUnit channels that the activation takes for each
     */
    Convolution(
            int filters,
            int inputsPerUnit,
            int kernel,
            int stride,
            Padding padding,
            Initializer initializer,
            boolean biased) {
        this.filters = filters;
        this.channelsOut = Math.multiplyExact(filters, inputsPerUnit);
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        this.initializer = initializer;
        this.biased = biased;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        Images.require("a convolution", input);
        int height = padding.places(input.extent(1), kernel, stride);
        int width = padding.places(input.extent(2), kernel, stride);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("a kernel of " + kernel + "×" + kernel + " does not fit into images of "
                    + input + " with padding " + padding + "; a smaller kernel or more padding would");
        }
        Shape output = Shape.of(channelsOut, height, width);
        int top = padding.before(input.extent(1), kernel, stride);
        int left = padding.before(input.extent(2), kernel, stride);
        channelsIn = input.channels();
        inputSize = input.size();
        places = output.plane();
        lowering = new Lowering(input, kernel, stride, top, left, output);
        inverse = stride == 1 ? new Lowering(output, kernel, 1, kernel - 1 - top, kernel - 1 - left, input) : null;

        int area = kernel * kernel;
        int reads = Math.multiplyExact(input.channels(), area);
        work = 2L * channelsOut * reads * places;
        Fan fan = new Fan(reads, Math.multiplyExact(filters, area));
        weight = variables.weight("weight", Shape.of(channelsOut, reads), fan, initializer);
        if (biased) {
            bias = variables.vector("bias", Shape.of(channelsOut), 0);
        }

        columns = variables.perWorker(Math.max(lowering.size(), inverse == null ? 0 : inverse.size()));
        arranged = variables.scratch(lowering.weights());
        if (inverse != null) {
            turned = variables.scratch(lowering.weights());
            turnedArranged = variables.scratch(lowering.weights());
        }
        weightSums = new float[Math.min(MOST_SUMS, variables.capacity())][];
        for (int i = 0; i < weightSums.length; i++) {
            weightSums[i] = variables.scratch(lowering.weights());
        }
        biasSums = variables.scratch(weightSums.length * channelsOut);
        ones = variables.scratch(places);
        Arrays.fill(ones, 1);
        return output;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        this.batch = batch;
        this.pass = pass;
        span = enough();
        pass.compute().run(Tile.count(channelsOut, some(channelsOut)), arrangeTile);
        pass.compute().run(Tile.count(batch, span), forwardTile);
    }

    private void arrangeTile(int tile, int worker) {
        int some = some(channelsOut);
        lowering.arrange(weight.value(), arranged, tile * some, Math.min(channelsOut, (tile + 1) * some));
    }

    /** Returns how many of the filters, or of the channels that they read, a tile takes. */
    private int some(int all) {
        return Math.max(1, WEIGHTS / (lowering.weights() / all));
    }

    private void forwardTile(int tile, int worker) {
        Compute compute = pass.compute();
        int last = Math.min(batch, (tile + 1) * span);
        for (int image = tile * span; image < last; image++) {
            int at = image * channelsOut * places;
            if (biased) {
                for (int channel = 0; channel < channelsOut; channel++) {
                    Arrays.fill(y, at + channel * places, at + (channel + 1) * places, bias.value()[channel]);
                }
            }
            correlate(compute, lowering, arranged, x, image * inputSize, columns[worker], biased ? 1 : 0, y, at);
        }
    }

    private static void correlate(
            Compute compute,
            Lowering lowering,
            float[] filters,
            float[] image,
            int imageAt,
            float[] columns,
            float beta,
            float[] out,
            int outAt) {
        if (lowering.direct()) {
            lowering.correlate(compute, filters, image, imageAt, beta, out, outAt);
        } else {
            lowering.lower(image, imageAt, columns);
            lowering.correlate(compute, filters, columns, 0, beta, out, outAt);
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        this.x = x;
        this.dy = dy;
        this.dx = dx;
        this.batch = batch;
        this.pass = pass;
        span = Math.max(enough(), Tile.count(batch, weightSums.length));
        sums = Tile.count(batch, span);
        Compute compute = pass.compute();
        if (dx != null && inverse != null) {
            compute.run(Tile.count(channelsIn, some(channelsIn)), turnTile);
        }
        compute.run(sums, backwardTile);
        compute.run(Tile.count(lowering.weights(), WEIGHTS), sumTile);
        compute.run(Tile.count(channelsOut, some(channelsOut)), restoreTile);
        if (biased) {
            sumBias();
        }
    }

    private void backwardTile(int tile, int worker) {
        Compute compute = pass.compute();
        float[] scratch = columns[worker];
        int first = tile * span;
        int last = Math.min(batch, first + span);
        for (int image = first; image < last; image++) {
            int xAt = image * inputSize;
            int dyAt = image * channelsOut * places;
            float keep = image == first ? 0 : 1;
            if (lowering.direct()) {
                lowering.addGradient(compute, x, xAt, dy, dyAt, keep, weightSums[tile]);
            } else {
                lowering.lower(x, xAt, scratch);
                lowering.addGradient(compute, scratch, 0, dy, dyAt, keep, weightSums[tile]);
            }
            if (biased) {
                int at = tile * channelsOut;
                compute.gemv(false, channelsOut, places, 1, dy, dyAt, places, ones, 0, keep, biasSums, at);
            }
            if (dx == null) {
                continue;
            }
            if (inverse != null) {
                correlate(compute, inverse, turnedArranged, dy, dyAt, scratch, 0, dx, xAt);
            } else {
                lowering.columnGradient(compute, weight.value(), dy, dyAt, scratch);
                lowering.raise(scratch, dx, xAt);
            }
        }
    }

    private void sumTile(int tile, int worker) {
        int from = tile * WEIGHTS;
        int to = Math.min(lowering.weights(), from + WEIGHTS);
        float[] total = weightSums[0];
        for (int sum = 1; sum < sums; sum++) {
            add(weightSums[sum], total, from, to);
        }
    }

    private static void add(float[] more, float[] total, int from, int to) {
        for (int i = from; i < to; i++) {
            total[i] += more[i];
        }
    }

    private void restoreTile(int tile, int worker) {
        int some = some(channelsOut);
        int last = Math.min(channelsOut, (tile + 1) * some);
        lowering.restore(weightSums[0], weight.gradient(), tile * some, last);
    }

    private void sumBias() {
        float[] gradient = bias.gradient();
        for (int channel = 0; channel < channelsOut; channel++) {
            float total = 0;
            for (int sum = 0; sum < sums; sum++) {
                total += biasSums[sum * channelsOut + channel];
            }
            gradient[channel] = total;
        }
    }

    /** Turns filters by half a turn, by input channel: {@code t[c, f, u, v] = w[f, c, k-1-u, k-1-v]}. */
    private void turnTile(int tile, int worker) {
        float[] w = weight.value();
        int area = kernel * kernel;
        int first = tile * some(channelsIn);
        int last = Math.min(channelsIn, first + some(channelsIn));
        for (int channel = first; channel < last; channel++) {
            for (int filter = 0; filter < channelsOut; filter++) {
                int from = (filter * channelsIn + channel) * area;
                int to = (channel * channelsOut + filter) * area + area - 1;
                for (int i = 0; i < area; i++) {
                    turned[to - i] = w[from + i];
                }
            }
        }
        inverse.arrange(turned, turnedArranged, first, last);
    }

    /** Returns how many images make a tile worth while. */
    private int enough() {
        return (int) Math.min(batch, (TILE_WORK + work - 1) / work);
    }
}

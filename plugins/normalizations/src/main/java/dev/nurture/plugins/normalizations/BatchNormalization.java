package dev.nurture.plugins.normalizations;

import dev.nurture.spi.Normalization;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;

/**
 * Batch normalization: {@code y = γ · (x - μ) / sqrt(σ² + ε) + β} for each feature of a vector or channel of an image (S.
 * Ioffe, C. Szegedy, ICML 2015).
 *
 * <p>In training μ and σ² are the mean and the biased variance over the batch (and the image); out of training they are
 * running averages, {@code momentum · old + (1 - momentum) · batch}, from 0 and 1. With {@code x̂ = (x - μ)/σ'}, {@code
 * σ' = sqrt(σ² + ε)} and m values a channel:
 *
 * <pre>
 *   dβ = Σ dy,   dγ = Σ dy·x̂,   dx = γ/σ' · (dy - dβ/m - x̂·dγ/m)
 * </pre>
 *
 * <p>A batch of one vector has variance 0 and gives β.
 *
 * <p>Vectors are turned first, so that the values of a feature lie side by side as those of a channel do.
 */
final class BatchNormalization implements Normalization {
    /** Values that a tile normalizes. */
    private static final int TILE = 16_384;

    private static final int BLOCK = 16;

    private final double momentum;
    private final double epsilon;
    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;

    private int channels;
    private int plane;
    private boolean vectors;
    private Variable scale;
    private Variable shift;
    private float[] runningMean;
    private float[] runningVariance;
    private float[] mean;
    private float[] inverse;
    /** The batch's inputs, feature by feature; null for images. */
    private float[] turned;
    /** Outputs, or gradients, feature by feature; null for images. */
    private float[] turnedOther;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int batch;
    private boolean training;
    private int runs;
    private int length;
    private int span;

    BatchNormalization(double momentum, double epsilon) {
        this.momentum = momentum;
        this.epsilon = epsilon;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        channels = input.channels();
        plane = input.plane();
        vectors = plane == 1;
        Shape each = Shape.of(channels);
        scale = variables.vector("scale", each, 1);
        shift = variables.vector("shift", each, 0);
        runningMean = variables.buffer("mean", each, 0);
        runningVariance = variables.buffer("variance", each, 1);
        mean = variables.scratch(channels);
        inverse = variables.scratch(channels);
        if (vectors) {
            turned = variables.perExample(channels);
            turnedOther = variables.perExample(channels);
        }
        return input;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        training = pass.training();
        pass.compute().run(cut(batch), forwardTile);
    }

    /** Says how a channel's values lie: in runs of one length, and how many channels make a tile. */
    private int cut(int batch) {
        this.batch = batch;
        runs = vectors ? 1 : batch;
        length = vectors ? batch : plane;
        span = Math.max(vectors ? BLOCK : 1, TILE / (batch * plane));
        return Tile.count(channels, span);
    }

    private int at(int run, int channel) {
        return (run * channels + channel) * length;
    }

    private void forwardTile(int tile, int worker) {
        int first = tile * span;
        int last = Math.min(channels, first + span);
        float[] from = x;
        float[] to = y;
        if (vectors) {
            turn(x, turned, first, last);
            from = turned;
            to = turnedOther;
        }
        for (int channel = first; channel < last; channel++) {
            if (training) {
                measure(from, channel);
            } else {
                mean[channel] = runningMean[channel];
                inverse[channel] = (float) (1 / Math.sqrt(runningVariance[channel] + epsilon));
            }
            float factor = inverse[channel] * scale.value()[channel];
            for (int run = 0; run < runs; run++) {
                int begin = at(run, channel);
                Runs.map(from, mean[channel], factor, shift.value()[channel], to, begin, begin + length);
            }
        }
        if (vectors) {
            turnBack(turnedOther, y, first, last);
        }
    }

    private void measure(float[] from, int channel) {
        double count = (double) runs * length;
        double sum = 0;
        for (int run = 0; run < runs; run++) {
            int begin = at(run, channel);
            sum += Runs.sum(from, begin, begin + length);
        }
        float centre = (float) (sum / count);
        double squares = 0;
        for (int run = 0; run < runs; run++) {
            int begin = at(run, channel);
            squares += Runs.centredSquares(from, centre, begin, begin + length);
        }
        double variance = squares / count;
        mean[channel] = centre;
        inverse[channel] = (float) (1 / Math.sqrt(variance + epsilon));
        runningMean[channel] = (float) (momentum * runningMean[channel] + (1 - momentum) * centre);
        runningVariance[channel] = (float) (momentum * runningVariance[channel] + (1 - momentum) * variance);
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        this.x = x;
        this.dy = dy;
        this.dx = dx;
        pass.compute().run(cut(batch), backwardTile);
    }

    private void backwardTile(int tile, int worker) {
        int first = tile * span;
        int last = Math.min(channels, first + span);
        float[] values = x;
        float[] gradients = dy;
        float[] to = dx;
        if (vectors) {
            turn(dy, turnedOther, first, last);
            values = turned;
            gradients = turnedOther;
            to = turnedOther;
        }
        for (int channel = first; channel < last; channel++) {
            double sum = 0;
            double products = 0;
            for (int run = 0; run < runs; run++) {
                int begin = at(run, channel);
                sum += Runs.sum(gradients, begin, begin + length);
                products += Runs.centredProducts(gradients, values, mean[channel], begin, begin + length);
            }
            products *= inverse[channel];
            shift.gradient()[channel] = (float) sum;
            scale.gradient()[channel] = (float) products;
            if (dx == null) {
                continue;
            }
            double count = (double) runs * length;
            float factor = inverse[channel] * scale.value()[channel];
            float slope = (float) (-factor * inverse[channel] * products / count);
            float constant = (float) (-factor * sum / count);
            for (int run = 0; run < runs; run++) {
                int begin = at(run, channel);
                Runs.combine(gradients, factor, values, mean[channel], slope, constant, to, begin, begin + length);
            }
        }
        if (vectors && dx != null) {
            turnBack(turnedOther, dx, first, last);
        }
    }

    /** Copies features {@code first … last-1} so that the values of each lie side by side. */
    private void turn(float[] rows, float[] columns, int first, int last) {
        for (int block = first; block < last; block += BLOCK) {
            int end = Math.min(last, block + BLOCK);
            for (int i = 0; i < batch; i++) {
                for (int j = block; j < end; j++) {
                    columns[j * batch + i] = rows[i * channels + j];
                }
            }
        }
    }

    private void turnBack(float[] columns, float[] rows, int first, int last) {
        for (int block = first; block < last; block += BLOCK) {
            int end = Math.min(last, block + BLOCK);
            for (int i = 0; i < batch; i++) {
                for (int j = block; j < end; j++) {
                    rows[i * channels + j] = columns[j * batch + i];
                }
            }
        }
    }
}

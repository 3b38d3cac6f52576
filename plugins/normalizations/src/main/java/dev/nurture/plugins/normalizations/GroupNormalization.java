package dev.nurture.plugins.normalizations;

import dev.nurture.spi.Normalization;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Normalization within an example: {@code y = γ · (x - μ) / sqrt(σ² + ε) + β}, with the mean and the biased variance of a
 * group of channels, and γ and β for each channel of an image or feature of a vector. The same in training and out of
 * it. One group: layer normalization (J. Ba, J. Kiros, G. Hinton, 2016); some: group normalization (Y. Wu, K. He, ECCV
 * 2018); as many as channels: instance normalization (D. Ulyanov, A. Vedaldi, V. Lempitsky, 2016).
 *
 * <p>With {@code x̂ = (x - μ)/σ'}, {@code g = γ·dy} and sums over the m values of a group: {@code dx = (g - Σg/m - x̂ ·
 * Σ(g·x̂)/m) / σ'}; with sums over batch and image, {@code dβ = Σ dy} and {@code dγ = Σ dy·x̂}.
 */
final class GroupNormalization implements Normalization {
    /** Values that a tile normalizes, at least. */
    private static final int TILE = 16_384;
    /** Partial sums of the gradients of scale and shift. */
    private static final int MOST_TILES = 8;

    /** Groups asked for; 0: one a channel. */
    private final int wanted;

    private final double epsilon;
    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;

    private int channels;
    private int plane;
    private int size;
    private int groups;
    private int groupChannels;
    private int groupSize;
    private Variable scale;
    private Variable shift;
    private float[] means;
    private float[] inverses;
    private float[][] scaleSums;
    private float[][] shiftSums;
    /** A row for each worker, at the same indices as scale and shift; null for images. */
    private float[][] row;

    private float[][] gradientRow;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int batch;
    private int span;

    private GroupNormalization(int wanted, double epsilon) {
        this.wanted = wanted;
        this.epsilon = epsilon;
    }

    static GroupNormalization layer(double epsilon) {
        return new GroupNormalization(1, epsilon);
    }

    static GroupNormalization group(int groups, double epsilon) {
        return new GroupNormalization(groups, epsilon);
    }

    static GroupNormalization instance(double epsilon) {
        return new GroupNormalization(0, epsilon);
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        channels = input.channels();
        plane = input.plane();
        size = input.size();
        groups = wanted == 0 ? channels : wanted;
        if (channels % groups != 0) {
            String divisors = IntStream.rangeClosed(1, channels)
                    .filter(i -> channels % i == 0)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(channels + " channels cannot be divided evenly into " + groups
                    + " groups; groups can be " + divisors);
        }
        groupChannels = channels / groups;
        groupSize = size / groups;
        if (groupSize == 1) {
            throw new IllegalArgumentException("a group of one value cannot be normalized, and " + groups
                    + " groups of examples of shape " + input + " are that; take fewer groups, or batch or layer"
                    + " normalization");
        }
        Shape each = Shape.of(channels);
        scale = variables.vector("scale", each, 1);
        shift = variables.vector("shift", each, 0);
        means = variables.perExample(groups);
        inverses = variables.perExample(groups);
        int tiles = Math.min(MOST_TILES, variables.capacity());
        scaleSums = new float[tiles][];
        shiftSums = new float[tiles][];
        for (int i = 0; i < tiles; i++) {
            scaleSums[i] = variables.scratch(channels);
            shiftSums[i] = variables.scratch(channels);
        }
        if (plane == 1) {
            row = variables.perWorker(channels);
            gradientRow = variables.perWorker(channels);
        }
        return input;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        pass.compute().run(cut(batch), forwardTile);
    }

    private int cut(int batch) {
        this.batch = batch;
        span = Math.max(Tile.count(batch, scaleSums.length), Tile.count(TILE, size));
        return Tile.count(batch, span);
    }

    private void forwardTile(int tile, int worker) {
        int last = Math.min(batch, (tile + 1) * span);
        for (int example = tile * span; example < last; example++) {
            for (int group = 0; group < groups; group++) {
                measure(example * groups + group);
            }
            if (plane == 1) {
                forwardVector(example, row[worker]);
            } else {
                forwardImage(example);
            }
        }
    }

    private void measure(int group) {
        int from = group * groupSize;
        int to = from + groupSize;
        float mean = (float) (Runs.sum(x, from, to) / groupSize);
        double variance = Runs.centredSquares(x, mean, from, to) / groupSize;
        means[group] = mean;
        inverses[group] = (float) (1 / Math.sqrt(variance + epsilon));
    }

    private void forwardImage(int example) {
        for (int channel = 0; channel < channels; channel++) {
            int group = example * groups + channel / groupChannels;
            int from = (example * channels + channel) * plane;
            float factor = inverses[group] * scale.value()[channel];
            Runs.map(x, means[group], factor, shift.value()[channel], y, from, from + plane);
        }
    }

    private void forwardVector(int example, float[] row) {
        standardize(example, row);
        multiplyAdd(row, scale.value(), shift.value(), channels);
        System.arraycopy(row, 0, y, example * channels, channels);
    }

    private void standardize(int example, float[] row) {
        System.arraycopy(x, example * channels, row, 0, channels);
        for (int group = 0; group < groups; group++) {
            int i = example * groups + group;
            Runs.map(row, means[i], inverses[i], 0, row, group * groupSize, (group + 1) * groupSize);
        }
    }

    private static void multiplyAdd(float[] values, float[] factors, float[] terms, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = values[i] * factors[i] + terms[i];
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        this.x = x;
        this.dy = dy;
        this.dx = dx;
        int tiles = cut(batch);
        pass.compute().run(tiles, backwardTile);
        add(scaleSums, scale.gradient(), tiles);
        add(shiftSums, shift.gradient(), tiles);
    }

    private static void add(float[][] sums, float[] total, int tiles) {
        System.arraycopy(sums[0], 0, total, 0, total.length);
        for (int tile = 1; tile < tiles; tile++) {
            float[] more = sums[tile];
            for (int i = 0; i < total.length; i++) {
                total[i] += more[i];
            }
        }
    }

    private void backwardTile(int tile, int worker) {
        Arrays.fill(scaleSums[tile], 0);
        Arrays.fill(shiftSums[tile], 0);
        int last = Math.min(batch, (tile + 1) * span);
        for (int example = tile * span; example < last; example++) {
            if (plane == 1) {
                backwardVector(example, row[worker], gradientRow[worker], scaleSums[tile], shiftSums[tile]);
            } else {
                for (int group = 0; group < groups; group++) {
                    backwardImage(example, group, scaleSums[tile], shiftSums[tile]);
                }
            }
        }
    }

    private void backwardImage(int example, int group, float[] scaleSum, float[] shiftSum) {
        float mean = means[example * groups + group];
        float inverse = inverses[example * groups + group];
        int first = group * groupChannels;
        double sum = 0;
        double products = 0;
        for (int channel = first; channel < first + groupChannels; channel++) {
            int from = (example * channels + channel) * plane;
            double channelSum = Runs.sum(dy, from, from + plane);
            double channelProducts = inverse * Runs.centredProducts(dy, x, mean, from, from + plane);
            shiftSum[channel] += (float) channelSum;
            scaleSum[channel] += (float) channelProducts;
            sum += scale.value()[channel] * channelSum;
            products += scale.value()[channel] * channelProducts;
        }
        if (dx == null) {
            return;
        }
        float slope = (float) (-inverse * inverse * products / groupSize);
        float constant = (float) (-inverse * sum / groupSize);
        for (int channel = first; channel < first + groupChannels; channel++) {
            int from = (example * channels + channel) * plane;
            float factor = inverse * scale.value()[channel];
            Runs.combine(dy, factor, x, mean, slope, constant, dx, from, from + plane);
        }
    }

    private void backwardVector(int example, float[] row, float[] gradient, float[] scaleSum, float[] shiftSum) {
        standardize(example, row);
        System.arraycopy(dy, example * channels, gradient, 0, channels);
        collect(gradient, row, scale.value(), scaleSum, shiftSum, channels);
        if (dx == null) {
            return;
        }
        for (int group = 0; group < groups; group++) {
            int from = group * groupSize;
            int to = from + groupSize;
            float inverse = inverses[example * groups + group];
            double sum = Runs.sum(gradient, from, to);
            double products = Runs.centredProducts(gradient, row, 0, from, to);
            float slope = (float) (-inverse * products / groupSize);
            float constant = (float) (-inverse * sum / groupSize);
            Runs.combine(gradient, inverse, row, 0, slope, constant, gradient, from, to);
        }
        System.arraycopy(gradient, 0, dx, example * channels, channels);
    }

    /** Adds a row to the sums for scale and shift, then multiplies it by the scale. */
    private static void collect(
            float[] gradient, float[] standardized, float[] scale, float[] scaleSum, float[] shiftSum, int count) {
        for (int i = 0; i < count; i++) {
            shiftSum[i] += gradient[i];
            scaleSum[i] += gradient[i] * standardized[i];
            gradient[i] *= scale[i];
        }
    }
}

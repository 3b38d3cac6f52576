package dev.nurture.train;

import dev.nurture.model.Parameter;
import dev.nurture.spi.Compute;
import dev.nurture.spi.StepStatistics.TensorStatistics;
import dev.nurture.spi.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures trained tensors, their gradients, and what a step changes of them. They are cut into tiles for the workers; sums
 * are double, because gradients that vanish have squares that a float has not. Used by the training thread.
 */
final class TensorProbe {
    private final List<Parameter> parameters;
    private final List<String> layers;
    private final Compute compute;
    private final ParameterTiles tiles;
    private final double[] weightSquares;
    private final double[] gradientSquares;
    private final double[] gradientMagnitudes;
    private final double[] changeSquares;
    private final float[][] before;
    private final Tile lookBefore = this::lookBefore;
    private final Tile lookAfter = this::lookAfter;

    /** @param layers the name of each parameter's layer */
    TensorProbe(List<Parameter> parameters, List<String> layers, Compute compute) {
        this.parameters = parameters;
        this.layers = layers;
        this.compute = compute;
        before = new float[parameters.size()][];
        tiles = new ParameterTiles(parameters);
        for (int i = 0; i < parameters.size(); i++) {
            before[i] = new float[parameters.get(i).size()];
        }
        weightSquares = new double[tiles.count()];
        gradientSquares = new double[tiles.count()];
        gradientMagnitudes = new double[tiles.count()];
        changeSquares = new double[tiles.count()];
    }

    /** Measures tensors and gradients, and remembers the tensors. */
    void beforeUpdate() {
        compute.run(tiles.count(), lookBefore);
    }

    private void lookBefore(int tile, int worker) {
        int index = tiles.parameter(tile);
        int from = tiles.from(tile);
        int to = tiles.to(tile);
        float[] value = parameters.get(index).variable().value();
        float[] gradient = parameters.get(index).variable().gradient();
        System.arraycopy(value, from, before[index], from, to - from);
        weightSquares[tile] = squares(value, from, to);
        gradientSquares[tile] = squares(gradient, from, to);
        gradientMagnitudes[tile] = magnitudes(gradient, from, to);
    }

    /** Measures what has changed, and returns all. */
    List<TensorStatistics> afterUpdate() {
        compute.run(tiles.count(), lookAfter);
        double[][] sums = new double[4][parameters.size()];
        for (int tile = 0; tile < tiles.count(); tile++) {
            int index = tiles.parameter(tile);
            sums[0][index] += weightSquares[tile];
            sums[1][index] += gradientSquares[tile];
            sums[2][index] += gradientMagnitudes[tile];
            sums[3][index] += changeSquares[tile];
        }
        List<TensorStatistics> tensors = new ArrayList<>(parameters.size());
        for (int i = 0; i < before.length; i++) {
            tensors.add(new TensorStatistics(
                    parameters.get(i).name(),
                    layers.get(i),
                    parameters.get(i).regularized(),
                    Math.sqrt(sums[0][i]),
                    Math.sqrt(sums[1][i]),
                    sums[2][i] / before[i].length,
                    Math.sqrt(sums[3][i])));
        }
        return tensors;
    }

    /** Returns the norm of all gradients together, as they were before the update. */
    double gradientNorm() {
        return Math.sqrt(Arrays.stream(gradientSquares).sum());
    }

    private void lookAfter(int tile, int worker) {
        int index = tiles.parameter(tile);
        float[] value = parameters.get(index).variable().value();
        changeSquares[tile] = squaredDistance(value, before[index], tiles.from(tile), tiles.to(tile));
    }

    private static double squares(float[] a, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += (double) a[i] * a[i];
            s1 += (double) a[i + 1] * a[i + 1];
            s2 += (double) a[i + 2] * a[i + 2];
            s3 += (double) a[i + 3] * a[i + 3];
        }
        for (; i < to; i++) {
            s0 += (double) a[i] * a[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    private static double magnitudes(float[] a, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += Math.abs(a[i]);
            s1 += Math.abs(a[i + 1]);
            s2 += Math.abs(a[i + 2]);
            s3 += Math.abs(a[i + 3]);
        }
        for (; i < to; i++) {
            s0 += Math.abs(a[i]);
        }
        return s0 + s1 + (s2 + s3);
    }

    private static double squaredDistance(float[] a, float[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            double d0 = a[i] - b[i];
            double d1 = a[i + 1] - b[i + 1];
            double d2 = a[i + 2] - b[i + 2];
            double d3 = a[i + 3] - b[i + 3];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; i < to; i++) {
            double d = a[i] - b[i];
            s0 += d * d;
        }
        return s0 + s1 + (s2 + s3);
    }
}

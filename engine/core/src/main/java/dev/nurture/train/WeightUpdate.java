package dev.nurture.train;

import dev.nurture.model.Parameter;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns gradients into new weights: adds the penalty's gradient, clips, and lets the optimizer step. Weights are cut into
 * tiles of a fixed size, and partial sums are added in the order of the tiles, whichever worker did them.
 */
public final class WeightUpdate {
    /** Values a tile; with gradient and two slots half a megabyte, about a second-level cache's share. */
    private static final int TILE = 32_768;

    private final List<Parameter> parameters;
    private final float[][][] slots;
    private final int[] tileParameter;
    private final int[] tileFrom;
    private final int[] tileTo;
    private final double[] partial;
    private final Optimizer optimizer;
    private final float l1;
    private final float l2;
    private final float clipNorm;
    private final Compute compute;
    private final UpdateStep decaying = new UpdateStep(true);
    private final UpdateStep plain = new UpdateStep(false);
    private final Tile penalize = this::penalize;
    private final Tile measure = this::measure;
    private final Tile update = this::update;
    private float scale = 1;

    /** The step as optimizers see it; one for weights, one for vectors. */
    private static final class UpdateStep implements Optimizer.Step {
        private final boolean decays;
        private long number;
        private float learningRate;

        UpdateStep(boolean decays) {
            this.decays = decays;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public float learningRate() {
            return learningRate;
        }

        @Override
        public boolean decays() {
            return decays;
        }
    }

    /**
     * Prepares slots and tiles.
     *
     * @param l1 added to the loss as {@code l1 · Σ|w|} over weights
     * @param l2 added to the loss as {@code ½ · l2 · Σw²} over weights
     * @param clipNorm the greatest norm of all gradients together; infinite for no clipping
     */
    public WeightUpdate(
            List<Parameter> parameters, Optimizer optimizer, double l1, double l2, double clipNorm, Compute compute) {
        this.parameters = List.copyOf(parameters);
        this.optimizer = optimizer;
        this.l1 = (float) l1;
        this.l2 = (float) l2;
        this.clipNorm = (float) clipNorm;
        this.compute = compute;
        slots = new float[parameters.size()][][];
        List<int[]> tiles = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            int size = parameters.get(i).size();
            slots[i] = new float[optimizer.slots().size()][size];
            for (int from = 0; from < size; from += TILE) {
                tiles.add(new int[] {i, from, Math.min(size, from + TILE)});
            }
        }
        tileParameter = tiles.stream().mapToInt(tile -> tile[0]).toArray();
        tileFrom = tiles.stream().mapToInt(tile -> tile[1]).toArray();
        tileTo = tiles.stream().mapToInt(tile -> tile[2]).toArray();
        partial = new double[tiles.size()];
    }

    /** Returns a parameter's slots, in the order of the optimizer's names. */
    public float[][] slots(int parameter) {
        return slots[parameter];
    }

    /** Adds the penalties' gradients to the gradients of the weights, and returns the penalties. */
    public double addPenalty() {
        if (l1 == 0 && l2 == 0) {
            return 0;
        }
        compute.run(partial.length, penalize);
        return sumOfPartials();
    }

    /** Makes all gradients smaller by one factor if their common norm exceeds the limit, and returns the norm before. */
    public double clip() {
        if (clipNorm == Float.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        compute.run(partial.length, measure);
        double norm = Math.sqrt(sumOfPartials());
        scale = norm > clipNorm ? (float) (clipNorm / norm) : 1;
        return norm;
    }

    /**
     * Lets the optimizer change the weights.
     *
     * @param number of the step, from 1
     */
    public void apply(long number, float learningRate) {
        decaying.number = number;
        decaying.learningRate = learningRate;
        plain.number = number;
        plain.learningRate = learningRate;
        compute.run(partial.length, update);
    }

    private double sumOfPartials() {
        double sum = 0;
        for (double value : partial) {
            sum += value;
        }
        return sum;
    }

    private void penalize(int tile, int worker) {
        Parameter parameter = parameters.get(tileParameter[tile]);
        partial[tile] = parameter.regularized()
                ? Penalty.add(
                        parameter.variable().value(),
                        parameter.variable().gradient(),
                        l1,
                        l2,
                        tileFrom[tile],
                        tileTo[tile])
                : 0;
    }

    private void measure(int tile, int worker) {
        partial[tile] = Penalty.sumOfSquares(
                parameters.get(tileParameter[tile]).variable().gradient(), tileFrom[tile], tileTo[tile]);
    }

    private void update(int tile, int worker) {
        int index = tileParameter[tile];
        Parameter parameter = parameters.get(index);
        float[] gradient = parameter.variable().gradient();
        int from = tileFrom[tile];
        int to = tileTo[tile];
        if (scale != 1) {
            for (int i = from; i < to; i++) {
                gradient[i] *= scale;
            }
        }
        optimizer.update(
                parameter.variable().value(),
                gradient,
                slots[index],
                from,
                to,
                parameter.regularized() ? decaying : plain);
    }
}

package dev.nurture.train;

import dev.nurture.model.Activity;
import dev.nurture.model.Parameter;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Tile;
import java.util.List;

/**
 * Turns gradients into new weights: adds the penalty's gradient, clips, and lets the optimizer step. Weights are cut into
 * tiles of a fixed size, and partial sums are added in the order of the tiles, whichever worker did them.
 */
public final class WeightUpdate {
    private final List<Parameter> parameters;
    private final Activity.Work[] works;
    private final float[][][] slots;
    /** What optimizers get: the same arrays, in another array that a plugin might change. */
    private final float[][][] lentSlots;

    private final ParameterTiles tiles;
    private final double[] partial;
    private final UpdateRule rule;
    private final Activity activity;
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
    private volatile long clipped;

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
     * @param activity of the network that the parameters belong to
     */
    public WeightUpdate(
            List<Parameter> parameters,
            UpdateRule rule,
            double l1,
            double l2,
            double clipNorm,
            Compute compute,
            Activity activity) {
        this.parameters = List.copyOf(parameters);
        this.rule = rule;
        this.activity = activity;
        this.l1 = (float) l1;
        this.l2 = (float) l2;
        this.clipNorm = (float) clipNorm;
        this.compute = compute;
        works = new Activity.Work[parameters.size()];
        slots = new float[parameters.size()][][];
        lentSlots = new float[parameters.size()][][];
        tiles = new ParameterTiles(parameters);
        for (int i = 0; i < parameters.size(); i++) {
            int size = parameters.get(i).size();
            String name = parameters.get(i).name();
            works[i] = new Activity.Work("the update of " + name, name);
            slots[i] = new float[rule.slotNames().size()][size];
            lentSlots[i] = slots[i].clone();
        }
        partial = new double[tiles.count()];
    }

    UpdateRule rule() {
        return rule;
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
        scale = 1;
        if (norm > clipNorm) {
            scale = (float) (clipNorm / norm);
            // One thread writes it.
            clipped++;
        }
        return norm;
    }

    /** Returns how many gradients were made smaller. Any thread. */
    long clipped() {
        return clipped;
    }

    /**
     * Lets the optimizer change the weights.
     *
     * @param number of the step, from 1
     * @param watched whether to look more closely at what the optimizer does; the results are the same
     * @throws dev.nurture.plugin.PluginException if the optimizer's plugin fails or breaks its contract
     */
    public void apply(long number, float learningRate, boolean watched) {
        decaying.number = number;
        decaying.learningRate = learningRate;
        plain.number = number;
        plain.learningRate = learningRate;
        if (watched) {
            // One after the other, so that nobody else changes what lies around a tile.
            for (int tile = 0; tile < partial.length; tile++) {
                watchedUpdate(tile);
            }
        } else {
            compute.run(partial.length, update);
        }
        for (int i = 0; i < slots.length; i++) {
            rule.requireSame(lentSlots[i], slots[i], works[i]);
        }
    }

    private double sumOfPartials() {
        double sum = 0;
        for (double value : partial) {
            sum += value;
        }
        return sum;
    }

    private void penalize(int tile, int worker) {
        Parameter parameter = parameters.get(tiles.parameter(tile));
        partial[tile] = parameter.regularized()
                ? Penalty.add(
                        parameter.variable().value(),
                        parameter.variable().gradient(),
                        l1,
                        l2,
                        tiles.from(tile),
                        tiles.to(tile))
                : 0;
    }

    private void measure(int tile, int worker) {
        partial[tile] = Penalty.sumOfSquares(
                parameters.get(tiles.parameter(tile)).variable().gradient(), tiles.from(tile), tiles.to(tile));
    }

    private void update(int tile, int worker) {
        int index = tiles.parameter(tile);
        activity.begin(worker, works[index]);
        scaleGradient(tile);
        rule.update(
                parameters.get(index), lentSlots[index], tiles.from(tile), tiles.to(tile), step(index), works[index]);
        if (worker > 0) {
            activity.begin(worker, null);
        }
    }

    private void watchedUpdate(int tile) {
        int index = tiles.parameter(tile);
        activity.begin(works[index]);
        scaleGradient(tile);
        rule.watchedUpdate(
                parameters.get(index), lentSlots[index], tiles.from(tile), tiles.to(tile), step(index), works[index]);
    }

    private UpdateStep step(int parameter) {
        return parameters.get(parameter).regularized() ? decaying : plain;
    }

    private void scaleGradient(int tile) {
        if (scale != 1) {
            float[] gradient = parameters.get(tiles.parameter(tile)).variable().gradient();
            int to = tiles.to(tile);
            for (int i = tiles.from(tile); i < to; i++) {
                gradient[i] *= scale;
            }
        }
    }
}

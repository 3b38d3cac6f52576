package dev.nurture.contracts;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A hidden layer of tangents and a layer of class scores below a softmax cross-entropy, by the formulas, in plain loops;
 * stochastic gradient descent. Refuses what {@link Rehearsal} does not allow.
 */
final class PlainRehearsal implements Rehearsal {
    private static final int HIDDEN = 16;

    /** So small that the first scores hardly tell the classes apart. */
    private static final double OUTPUT_GAIN = 0.05;

    private static final float SYMMETRIC = 0.1f;

    private final int features;
    private final int classes;
    private final double l2;
    private final LongConsumer trace;
    private final LayerView hidden;
    private final LayerView scores;
    private final Tensor inner;
    private final Tensor innerBias;
    private final Tensor outer;
    private final Tensor outerBias;

    /** The rows of the last pass. */
    private Dataset last;

    /** Whether the last pass is one that a backward pass may follow. */
    private boolean trained;

    private boolean open = true;

    /** @param trace hears of everything that is asked */
    PlainRehearsal(int features, int classes, double l2, boolean symmetric, long seed, LongConsumer trace) {
        this.features = features;
        this.classes = classes;
        this.l2 = l2;
        this.trace = trace;
        hidden = layer("dense_1", "model[0]", HIDDEN, new Limits(-1, 1));
        scores = layer("dense_2", "model[1]", classes, Limits.NONE);
        inner = tensor("dense_1", true, Shape.of(features, HIDDEN));
        innerBias = tensor("dense_1", false, Shape.of(HIDDEN));
        outer = tensor("dense_2", true, Shape.of(HIDDEN, classes));
        outerBias = tensor("dense_2", false, Shape.of(classes));
        if (symmetric) {
            Arrays.fill(inner.values(), SYMMETRIC);
            Arrays.fill(outer.values(), SYMMETRIC);
        } else {
            initialize(inner, 1 / Math.sqrt(features), seed);
            initialize(outer, OUTPUT_GAIN / Math.sqrt(HIDDEN), seed);
        }
    }

    private static LayerView layer(String name, String path, int size, Limits limits) {
        int values = PlainBench.CAPACITY * size;
        return new LayerView(name, path, Shape.of(size), new float[values], new float[values], limits);
    }

    private static Tensor tensor(String layer, boolean weight, Shape shape) {
        String name = layer + (weight ? ".weight" : ".bias");
        return new Tensor(name, layer, weight, shape, new float[shape.size()], new float[shape.size()]);
    }

    private static void initialize(Tensor tensor, double deviation, long seed) {
        KeyedRandom random = new KeyedRandom(KeyedRandom.key(seed, tensor.name()));
        float[] values = Floats.normal(tensor.values().length, deviation, random);
        System.arraycopy(values, 0, tensor.values(), 0, values.length);
    }

    boolean open() {
        return open;
    }

    private void require(boolean allowed, String otherwise) {
        if (!allowed) {
            throw new IllegalStateException(otherwise);
        }
    }

    private void asked(long what) {
        require(open, "the rehearsal is closed");
        trace.accept(what);
    }

    @Override
    public List<LayerView> layers() {
        return List.of(hidden, scores);
    }

    @Override
    public List<Tensor> tensors() {
        return List.of(inner, innerBias, outer, outerBias);
    }

    @Override
    public int capacity() {
        return PlainBench.CAPACITY;
    }

    @Override
    public double forward(Dataset rows, boolean training) {
        asked(training ? 1 : 2);
        trace.accept(Arrays.hashCode(rows.x()));
        trace.accept(Arrays.hashCode(rows.labels()));
        double sum = 0;
        for (int from = 0; from < rows.rows(); from += PlainBench.CAPACITY) {
            sum += batch(rows.select(range(from, Math.min(rows.rows(), from + PlainBench.CAPACITY))));
        }
        trained = training && rows.rows() <= PlainBench.CAPACITY;
        return sum / rows.rows();
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        Arrays.setAll(range, i -> from + i);
        return range;
    }

    /** Returns the sum of the rows' losses, and leaves the gradient of their mean with the scores. */
    private double batch(Dataset rows) {
        last = rows;
        affine(rows.x(), features, rows.rows(), inner, innerBias, hidden);
        for (int i = 0; i < rows.rows() * HIDDEN; i++) {
            hidden.values()[i] = (float) Math.tanh(hidden.values()[i]);
        }
        affine(hidden.values(), HIDDEN, rows.rows(), outer, outerBias, scores);
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            int from = row * classes;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < classes; j++) {
                greatest = Math.max(greatest, scores.values()[from + j]);
            }
            double total = 0;
            for (int j = 0; j < classes; j++) {
                total += Math.exp(scores.values()[from + j] - greatest);
            }
            int label = rows.labels()[row];
            sum += Math.log(total) + greatest - scores.values()[from + label];
            for (int j = 0; j < classes; j++) {
                double share = Math.exp(scores.values()[from + j] - greatest) / total;
                scores.gradients()[from + j] = (float) ((share - (j == label ? 1 : 0)) / rows.rows());
            }
        }
        return sum;
    }

    private static void affine(float[] x, int inputs, int rows, Tensor weight, Tensor bias, LayerView layer) {
        int units = bias.values().length;
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < units; unit++) {
                double sum = bias.values()[unit];
                for (int i = 0; i < inputs; i++) {
                    sum += (double) x[row * inputs + i] * weight.values()[i * units + unit];
                }
                layer.values()[row * units + unit] = (float) sum;
            }
        }
    }

    @Override
    public void backward() {
        asked(3);
        require(trained, "a backward pass follows a forward pass in training, of one batch");
        gradient(hidden.values(), HIDDEN, scores.gradients(), outer, outerBias);
        float[] dy = new float[last.rows() * HIDDEN];
        for (int row = 0; row < last.rows(); row++) {
            for (int i = 0; i < HIDDEN; i++) {
                double sum = 0;
                for (int j = 0; j < classes; j++) {
                    sum += (double) scores.gradients()[row * classes + j] * outer.values()[i * classes + j];
                }
                int at = row * HIDDEN + i;
                double y = hidden.values()[at];
                hidden.gradients()[at] = (float) sum;
                dy[at] = (float) (sum * (1 - y * y));
            }
        }
        gradient(last.x(), features, dy, inner, innerBias);
    }

    private void gradient(float[] x, int inputs, float[] dy, Tensor weight, Tensor bias) {
        int units = bias.values().length;
        for (int unit = 0; unit < units; unit++) {
            double biasSum = 0;
            for (int row = 0; row < last.rows(); row++) {
                biasSum += dy[row * units + unit];
            }
            bias.gradient()[unit] = (float) biasSum;
            for (int i = 0; i < inputs; i++) {
                double sum = 0;
                for (int row = 0; row < last.rows(); row++) {
                    sum += (double) x[row * inputs + i] * dy[row * units + unit];
                }
                weight.gradient()[i * units + unit] = (float) sum;
            }
        }
    }

    @Override
    public double addPenalty() {
        asked(4);
        double squares = 0;
        for (Tensor tensor : List.of(inner, outer)) {
            for (int i = 0; i < tensor.values().length; i++) {
                double w = tensor.values()[i];
                squares += w * w;
                tensor.gradient()[i] += (float) (l2 * w);
            }
        }
        return l2 * squares / 2;
    }

    @Override
    public void update(double learningRate) {
        asked(Double.doubleToLongBits(learningRate));
        for (Tensor tensor : tensors()) {
            for (int i = 0; i < tensor.values().length; i++) {
                tensor.values()[i] -= (float) (learningRate * tensor.gradient()[i]);
            }
        }
    }

    @Override
    public float[] outputs() {
        return scores.values();
    }

    @Override
    public double accuracy(Dataset rows) {
        int right = 0;
        for (int from = 0; from < rows.rows(); from += PlainBench.CAPACITY) {
            Dataset some = rows.select(range(from, Math.min(rows.rows(), from + PlainBench.CAPACITY)));
            forward(some, false);
            for (int row = 0; row < some.rows(); row++) {
                right += answer(row) == some.labels()[row] ? 1 : 0;
            }
        }
        return (double) right / rows.rows();
    }

    private int answer(int row) {
        int best = 0;
        for (int j = 1; j < classes; j++) {
            if (scores.values()[row * classes + j] > scores.values()[row * classes + best]) {
                best = j;
            }
        }
        return best;
    }

    @Override
    public void step(long number) {
        asked(number);
    }

    @Override
    public void close() {
        open = false;
    }
}

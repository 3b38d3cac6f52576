package dev.nurture.contracts;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The bench of a small classification without an engine: a hidden layer of tangents, softmax cross-entropy, gradient
 * descent. Keeps account of what a check does with it. Used by one thread.
 */
public final class PlainBench implements Bench {
    static final int CAPACITY = 60;

    private static final int CLASSES = 3;
    private static final int FEATURES = 4;
    private static final int BATCH_SIZE = 20;
    private static final int EPOCHS = 10;
    private static final double RATE = 0.5;
    private static final double L2 = 1e-4;

    /** Of the centres of two classes, in standard deviations of a class. */
    private static final double APART = 4;

    private final long seed;
    private final Dataset train;
    private final Optional<Dataset> validation;
    private final Optional<Dataset> test;
    private final double learningRate;
    private final boolean symmetric;
    private final List<PlainRehearsal> rehearsals = new ArrayList<>();
    private final Trace trace = new Trace();

    /** What a check has drawn, and asked of its rehearsals. */
    private static final class Trace implements LongConsumer {
        private long draws;
        private long hash;

        @Override
        public void accept(long value) {
            hash = KeyedRandom.key(hash, value);
        }
    }

    private PlainBench(
            long seed,
            Dataset train,
            Optional<Dataset> validation,
            Optional<Dataset> test,
            double learningRate,
            boolean symmetric) {
        if (!train.classification()) {
            throw new IllegalArgumentException("this bench is one for classes");
        }
        this.seed = seed;
        this.train = train;
        this.validation = validation;
        this.test = test;
        this.learningRate = learningRate;
        this.symmetric = symmetric;
    }

    /** Returns an experiment with rows of one's own, which are classes, and no others to validate or test with. */
    public static PlainBench of(Dataset train, long seed) {
        return new PlainBench(seed, train, Optional.empty(), Optional.empty(), RATE, false);
    }

    /**
     * Returns an experiment that has nothing wrong: three round clouds of points, brought to mean 0 and deviation 1 by the
     * training rows, of which there are 180, and 60 each to validate and to test with.
     */
    public static PlainBench healthy(long seed) {
        KeyedRandom random = new KeyedRandom(KeyedRandom.key(seed, "rows"));
        Dataset train = clouds(180, random);
        Dataset validation = clouds(60, random);
        Dataset test = clouds(60, random);
        standardize(train, validation, test);
        return new PlainBench(seed, train, Optional.of(validation), Optional.of(test), RATE, false);
    }

    private static Dataset clouds(int rows, KeyedRandom random) {
        float[] x = Floats.normal(rows * FEATURES, 1, random);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = row % CLASSES;
            x[row * FEATURES + labels[row]] += (float) APART;
        }
        Dataset sorted = Dataset.classification(Shape.of(FEATURES), x, labels, CLASSES, List.of());
        return sorted.select(permutation(rows, random));
    }

    private static void standardize(Dataset train, Dataset... others) {
        for (int j = 0; j < FEATURES; j++) {
            double sum = 0;
            double squares = 0;
            for (int at = j; at < train.x().length; at += FEATURES) {
                sum += train.x()[at];
                squares += (double) train.x()[at] * train.x()[at];
            }
            double mean = sum / train.rows();
            double deviation = Math.sqrt(squares / train.rows() - mean * mean);
            shift(train, j, mean, deviation);
            for (Dataset other : others) {
                shift(other, j, mean, deviation);
            }
        }
    }

    private static void shift(Dataset rows, int feature, double mean, double deviation) {
        for (int at = feature; at < rows.x().length; at += FEATURES) {
            rows.x()[at] = (float) ((rows.x()[at] - mean) / deviation);
        }
    }

    private static int[] permutation(int size, KeyedRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Returns this experiment with other rows to validate with. */
    public PlainBench validatedBy(Dataset rows) {
        return new PlainBench(seed, train, Optional.of(rows), test, learningRate, symmetric);
    }

    /** Returns this experiment with other rows to test with. */
    public PlainBench testedBy(Dataset rows) {
        return new PlainBench(seed, train, validation, Optional.of(rows), learningRate, symmetric);
    }

    /** Returns this experiment with another learning rate. */
    public PlainBench at(double learningRate) {
        return new PlainBench(seed, train, validation, test, learningRate, symmetric);
    }

    /** Returns this experiment with weights that are all the same to begin with. */
    public PlainBench symmetric() {
        return new PlainBench(seed, train, validation, test, learningRate, true);
    }

    @Override
    public Dataset train() {
        return train;
    }

    @Override
    public Optional<Dataset> validation() {
        return validation;
    }

    @Override
    public Optional<Dataset> test() {
        return test;
    }

    @Override
    public Plan plan() {
        int batchSize = Math.min(BATCH_SIZE, train.rows());
        return new Plan(
                EPOCHS, batchSize, learningRate, 0, L2, Math.log(train.width()), "softmax_cross_entropy", "sgd");
    }

    @Override
    public int[] order(int epoch) {
        return permutation(train.rows(), new KeyedRandom(KeyedRandom.key(KeyedRandom.key(seed, "shuffle"), epoch)));
    }

    @Override
    public double learningRate(long step) {
        return learningRate;
    }

    @Override
    public List<String> unsteadyPreprocessing() {
        return List.of();
    }

    @Override
    public Rehearsal rehearse() {
        PlainRehearsal rehearsal = new PlainRehearsal(train.shape().size(), train.width(), L2, symmetric, seed, trace);
        rehearsals.add(rehearsal);
        return rehearsal;
    }

    @Override
    public RandomGenerator random() {
        KeyedRandom random = new KeyedRandom(KeyedRandom.key(seed, "check"));
        return () -> {
            trace.draws++;
            return random.nextLong();
        };
    }

    /** Returns how many of its rehearsals are not closed. */
    public int open() {
        return (int) rehearsals.stream().filter(PlainRehearsal::open).count();
    }

    /** Returns how many numbers were drawn from its random streams. */
    long draws() {
        return trace.draws;
    }

    /** Returns a number that depends on all that was asked of its rehearsals, and in which order. */
    long asked() {
        return trace.hash;
    }

    /** Returns a hash of all rows, to the bit. */
    int rows() {
        int hash = hash(train);
        hash = 31 * hash + validation.map(PlainBench::hash).orElse(0);
        return 31 * hash + test.map(PlainBench::hash).orElse(0);
    }

    private static int hash(Dataset rows) {
        return 31 * Arrays.hashCode(rows.x()) + Arrays.hashCode(rows.labels());
    }
}

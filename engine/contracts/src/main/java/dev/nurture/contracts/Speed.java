package dev.nurture.contracts;

import dev.nurture.spi.Activation;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Targets;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Measures how long a part takes, to be set beside another of its kind in the same process: a ratio, not a figure to rely
 * on. Elements are inputs of an activation, layer or preprocessor, weights of an initializer or optimizer, outputs of a
 * loss, and calls of a schedule.
 */
public final class Speed {
    private static final int SIZE = 16_384;
    private static final int BATCH = 64;
    private static final int WIDTH = 10;
    private static final long ROUND = 20_000_000;
    private static final int ROUNDS = 5;
    private static final List<Shape> SHAPES = List.of(Shape.of(16, 8, 8), Shape.of(256));

    private Speed() {}

    /** A piece of work, and how many elements it deals with. */
    private record Work(Runnable run, int elements) {}

    /**
     * Returns nanoseconds an element, forward and backward together where there are both; empty for a part that cannot be
     * timed by itself.
     *
     * @param part freshly made; it is used up
     */
    public static OptionalDouble nanosPerElement(Object part, Compute compute) {
        Work work;
        try {
            work = work(part, compute);
        } catch (IllegalArgumentException e) {
            return OptionalDouble.empty();
        }
        if (work == null) {
            return OptionalDouble.empty();
        }
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            int calls = 0;
            long start = System.nanoTime();
            long elapsed;
            do {
                work.run.run();
                calls++;
                elapsed = System.nanoTime() - start;
            } while (elapsed < ROUND);
            least = Math.min(least, (double) elapsed / calls / work.elements);
        }
        return OptionalDouble.of(least);
    }

    private static Work work(Object part, Compute compute) {
        if (part instanceof Activation activation) {
            return activation(activation);
        }
        if (part instanceof Layer layer) {
            return layer(layer, new TestPass(true, 1, compute));
        }
        if (part instanceof Initializer initializer) {
            return initializer(initializer);
        }
        if (part instanceof Optimizer optimizer) {
            return optimizer(optimizer);
        }
        if (part instanceof Loss loss) {
            return loss(loss);
        }
        if (part instanceof LearningRateSchedule schedule) {
            LearningRateSchedule.Progress progress = new MiddleOfTraining();
            return new Work(() -> schedule.factor(progress), 1);
        }
        return part instanceof Preprocessor preprocessor
                ? preprocessor(preprocessor, new TestPass(true, 1, compute))
                : null;
    }

    private static float[] normal(int size) {
        return Floats.normal(size, 1, new KeyedRandom(size));
    }

    private static Work activation(Activation activation) {
        float[] x = normal(SIZE);
        float[] y = new float[SIZE];
        float[] dx = new float[SIZE];
        return new Work(
                () -> {
                    activation.forward(x, y, 0, SIZE);
                    activation.backward(x, y, x, dx, 0, SIZE);
                },
                SIZE);
    }

    private static Work initializer(Initializer initializer) {
        float[] w = new float[SIZE];
        Shape shape = Shape.of(128, 128);
        Fan fan = new Fan(128, 128);
        KeyedRandom random = new KeyedRandom(1);
        return new Work(() -> initializer.fill(w, 0, SIZE, shape, fan, random), SIZE);
    }

    private static Work optimizer(Optimizer optimizer) {
        float[] w = normal(SIZE);
        float[] g = normal(SIZE);
        float[][] slots = new float[optimizer.slots().size()][SIZE];
        Optimizer.Step step = new EarlyStep();
        return new Work(() -> optimizer.update(w, g, slots, 0, SIZE, step), SIZE);
    }

    private static Work loss(Loss loss) {
        float[] output = normal(BATCH * WIDTH);
        float[] gradient = new float[BATCH * WIDTH];
        int[] labels = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            labels[i] = i % WIDTH;
        }
        Targets targets = loss.regression() ? Targets.values(normal(BATCH * WIDTH)) : Targets.classes(labels);
        return new Work(() -> loss.evaluate(output, targets, gradient, BATCH, WIDTH), BATCH * WIDTH);
    }

    private static Work layer(Layer layer, TestPass pass) {
        for (Shape input : SHAPES) {
            Shape output;
            TestVariables variables = new TestVariables(BATCH, pass.compute().workers());
            try {
                output = layer.build(input, variables);
            } catch (IllegalArgumentException e) {
                continue;
            }
            float[] x = normal(BATCH * input.size());
            float[] y = new float[BATCH * output.size()];
            float[] dy = normal(y.length);
            float[] dx = new float[x.length];
            return new Work(
                    () -> {
                        layer.forward(x, y, BATCH, pass);
                        layer.backward(x, y, dy, dx, BATCH, pass);
                    },
                    x.length);
        }
        return null;
    }

    private static Work preprocessor(Preprocessor preprocessor, TestPass pass) {
        for (Shape input : SHAPES) {
            Shape output;
            try {
                output = preprocessor.build(
                        input, new TestVariables(BATCH, pass.compute().workers()));
            } catch (IllegalArgumentException e) {
                continue;
            }
            float[] x = normal(BATCH * input.size());
            preprocessor.fit(Dataset.classification(input, x, new int[BATCH], WIDTH, List.of()));
            float[] y = new float[BATCH * output.size()];
            return new Work(() -> preprocessor.apply(x, y, BATCH, pass), x.length);
        }
        return null;
    }

    /** A step whose learning rate moves nothing far, however often it is taken. */
    private static final class EarlyStep implements Optimizer.Step {
        @Override
        public long number() {
            return 10;
        }

        @Override
        public float learningRate() {
            return 1e-6f;
        }

        @Override
        public boolean decays() {
            return true;
        }
    }

    private static final class MiddleOfTraining implements LearningRateSchedule.Progress {
        @Override
        public long step() {
            return 500;
        }

        @Override
        public long totalSteps() {
            return 1000;
        }

        @Override
        public long stepsPerEpoch() {
            return 100;
        }

        @Override
        public int evaluations() {
            return 5;
        }

        @Override
        public double loss(int i) {
            return 1.0 / (1 + i);
        }
    }
}

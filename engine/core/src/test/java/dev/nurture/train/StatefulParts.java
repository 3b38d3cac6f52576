package dev.nurture.train;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.util.List;

/** Parts whose results depend on more than the weights: random numbers, running statistics, slots, losses gone by. */
final class StatefulParts {
    private StatefulParts() {}

    /** Adds all of them to a catalog, and returns that. */
    static SmallParts addTo(SmallParts parts) {
        return parts.add(Layer.class, "dropping", Dropping::new)
                .add(Layer.class, "running", Running::new)
                .add(Preprocessor.class, "centre", Centre::new)
                .add(Preprocessor.class, "noise", Noise::new)
                .add(Optimizer.class, "two_slots", TwoSlots::new)
                .add(LearningRateSchedule.class, "plateau", () -> StatefulParts::plateau);
    }

    /** Drops values at random, the same for a step whenever it is done. */
    private static final class Dropping implements Layer {
        private final KeyedRandom random = new KeyedRandom(0);
        private final boolean[] kept = new boolean[1000];
        private long stream;
        private int size;

        @Override
        public Shape build(Shape input, Variables variables) {
            stream = variables.stream();
            size = input.size();
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            random.restart(pass.key(stream));
            for (int i = 0; i < batch * size; i++) {
                kept[i] = !pass.training() || random.nextDouble() < 0.8;
                y[i] = kept[i] ? x[i] : 0;
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            for (int i = 0; dx != null && i < batch * size; i++) {
                dx[i] = kept[i] ? dy[i] : 0;
            }
        }
    }

    /** Divides by a running mean of squares, in training too, so that what it remembers shows in each step. */
    private static final class Running implements Layer {
        private float[] mean;
        private int size;

        @Override
        public Shape build(Shape input, Variables variables) {
            size = input.size();
            mean = variables.buffer("mean_square", Shape.of(1), 1);
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            double sum = 0;
            for (int i = 0; i < batch * size; i++) {
                y[i] = x[i] / mean[0];
                sum += x[i] * x[i];
            }
            if (pass.training()) {
                mean[0] += 0.1f * ((float) (sum / (batch * size)) - mean[0]);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            for (int i = 0; dx != null && i < batch * size; i++) {
                dx[i] = dy[i] / mean[0];
            }
        }
    }

    /** Subtracts the mean of the training rows. */
    private static final class Centre implements Preprocessor {
        private float[] mean;

        @Override
        public Shape build(Shape input, Variables variables) {
            mean = variables.buffer("mean", input, 0);
            return input;
        }

        @Override
        public void fit(Dataset train) {
            for (int i = 0; i < train.x().length; i++) {
                mean[i % mean.length] += train.x()[i] / train.rows();
            }
        }

        @Override
        public void apply(float[] x, float[] y, int batch, Pass pass) {
            for (int i = 0; i < batch * mean.length; i++) {
                y[i] = x[i] - mean[i % mean.length];
            }
        }
    }

    /** Adds noise to training rows. */
    private static final class Noise implements Preprocessor {
        private final KeyedRandom random = new KeyedRandom(0);
        private long stream;
        private int size;

        @Override
        public Shape build(Shape input, Variables variables) {
            stream = variables.stream();
            size = input.size();
            return input;
        }

        @Override
        public void fit(Dataset train) {}

        @Override
        public void apply(float[] x, float[] y, int batch, Pass pass) {
            random.restart(pass.key(stream));
            for (int i = 0; i < batch * size; i++) {
                y[i] = x[i] + 0.1f * (float) random.nextGaussian();
            }
        }

        @Override
        public boolean augmentation() {
            return true;
        }
    }

    /** Two slots, and a factor that depends on the step's number, as Adam has. */
    private static final class TwoSlots implements Optimizer {
        @Override
        public List<String> slots() {
            return List.of("first", "second");
        }

        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            double correction = 1 - Math.pow(0.9, step.number());
            for (int i = from; i < to; i++) {
                slots[0][i] = 0.9f * slots[0][i] + 0.1f * g[i];
                slots[1][i] = 0.99f * slots[1][i] + 0.01f * g[i] * g[i];
                w[i] -= (float) (step.learningRate() * slots[0][i] / correction / (Math.sqrt(slots[1][i]) + 0.1));
            }
        }

        @Override
        public float learningRate() {
            return 0.02f;
        }
    }

    /** Halves the rate for each evaluation that was not better than the one before. */
    static double plateau(LearningRateSchedule.Progress progress) {
        double factor = 1;
        for (int i = 1; i < progress.evaluations(); i++) {
            factor *= progress.loss(i) < progress.loss(i - 1) ? 1 : 0.5;
        }
        return factor;
    }
}

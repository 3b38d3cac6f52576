package dev.nurture.contracts;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variables;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Defects of a preprocessor. */
class PreprocessorMutantsTest {
    private enum Defect implements Mutants.Defect {
        NONE(Mutants.HEALTHY),
        AUGMENTS(Mutants.HEALTHY),
        TRAINED_VECTOR("declares: declares trained variables"),
        FIT_CENTRES_THE_TRAINING_ROWS("inputs: fit changes its input train.x["),
        CHANGES_X("inputs: apply changes its input x["),
        Y_BEYOND_BATCH("range: apply writes y["),
        ADDS_NOISE("training_only: is no augmentation, but gives other values in training"),
        AUGMENTS_IN_EVALUATION("training_only: draws random numbers out of training"),
        AUGMENTS_BY_ITS_OWN_RANDOM("deterministic: differs when applied again"),
        ADDS_TO_THE_LAST_FIT("refit: still depends on the rows of the first"),
        DEVIATION_IN_A_FIELD("state_declared: fit keeps something outside of them"),
        SCRATCH_SHARED("workers: writes scratch memory of another worker"),
        CENTRES_THE_BATCH("rows: comes out otherwise alone"),
        DIVIDES_BY_ZERO("constant: of which a value never varies"),
        SQUARES_TWICE("finite: is not finite"),
        ALLOCATES("no_garbage: apply allocates memory");

        private final String expected;

        Defect(String expected) {
            this.expected = expected;
        }

        @Override
        public String expected() {
            return expected;
        }
    }

    @TestFactory
    Stream<DynamicTest> defectsAreFoundAndNamed() {
        return Mutants.tests(Preprocessor.class, Defect.values(), Standardize::new);
    }

    /** Subtracts each value's mean and divides by its deviation; may add noise in training. */
    private static final class Standardize implements Preprocessor {
        private static final int ROWS = 64;

        private final Defect defect;
        private final Random random = new Random();
        private final Tile tile = this::tile;
        private int size;
        private long stream;
        private float[] mean;
        private float[] deviation;
        private float[][] row;
        private float[] x;
        private float[] y;
        private int batch;
        private Pass pass;

        Standardize(Defect defect) {
            this.defect = defect;
        }

        private boolean is(Defect other) {
            return defect == other;
        }

        @Override
        public boolean augmentation() {
            return is(Defect.AUGMENTS) || is(Defect.AUGMENTS_IN_EVALUATION) || is(Defect.AUGMENTS_BY_ITS_OWN_RANDOM);
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            size = input.size();
            stream = variables.stream();
            mean = variables.buffer("mean", input, 0);
            deviation = is(Defect.DEVIATION_IN_A_FIELD) ? new float[size] : variables.buffer("deviation", input, 1);
            row = variables.perWorker(size);
            if (is(Defect.TRAINED_VECTOR)) {
                variables.vector("shift", input, 0);
            }
            return input;
        }

        @Override
        public void fit(Dataset train) {
            float[] values = train.x();
            for (int j = 0; j < size; j++) {
                double sum = 0;
                for (int i = 0; i < train.rows(); i++) {
                    sum += values[i * size + j];
                }
                double centre = sum / train.rows();
                double squares = 0;
                for (int i = 0; i < train.rows(); i++) {
                    squares += Math.pow(values[i * size + j] - centre, 2);
                }
                double spread = Math.sqrt(squares / train.rows());
                mean[j] = (float) centre + (is(Defect.ADDS_TO_THE_LAST_FIT) ? mean[j] : 0);
                deviation[j] = spread < 1e-6 && !is(Defect.DIVIDES_BY_ZERO) ? 1 : (float) spread;
            }
            if (is(Defect.FIT_CENTRES_THE_TRAINING_ROWS)) {
                for (int i = 0; i < values.length; i++) {
                    values[i] -= mean[i % size];
                }
            }
        }

        @Override
        public void apply(float[] x, float[] y, int batch, Pass pass) {
            this.x = x;
            this.y = y;
            this.batch = batch;
            this.pass = pass;
            if (is(Defect.CENTRES_THE_BATCH)) {
                Arrays.fill(mean, 0);
                for (int i = 0; i < batch * size; i++) {
                    mean[i % size] += x[i] / batch;
                }
            }
            pass.compute().run(Tile.count(batch, ROWS), tile);
            switch (defect) {
                case CHANGES_X -> x[0] = 0;
                case Y_BEYOND_BATCH -> y[batch * size] = 0;
                case ALLOCATES -> mean = mean.clone();
                default -> {}
            }
        }

        private void tile(int tile, int worker) {
            float[] values = row[is(Defect.SCRATCH_SHARED) ? 0 : worker];
            for (int i = tile * ROWS; i < Math.min(batch, (tile + 1) * ROWS); i++) {
                System.arraycopy(x, i * size, values, 0, size);
                for (int j = 0; j < size; j++) {
                    float value = (values[j] - mean[j]) / deviation[j] + noise(i * size + j);
                    if (is(Defect.SQUARES_TWICE)) {
                        float square = value * value;
                        value = square * square * square * square * square * square;
                    }
                    y[i * size + j] = value;
                }
            }
        }

        private float noise(int i) {
            boolean draws = switch (defect) {
                case AUGMENTS, ADDS_NOISE, AUGMENTS_BY_ITS_OWN_RANDOM -> pass.training();
                case AUGMENTS_IN_EVALUATION -> true;
                default -> false;
            };
            if (!draws) {
                return 0;
            }
            return is(Defect.AUGMENTS_BY_ITS_OWN_RANDOM)
                    ? random.nextFloat()
                    : KeyedRandom.uniform(pass.key(stream), i);
        }
    }
}

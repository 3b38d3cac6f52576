package dev.nurture.contracts;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Defects of a layer with weights. */
class DenseMutantsTest {
    private enum Defect implements Mutants.Defect {
        NONE(Mutants.HEALTHY),
        REFUSES_WITHOUT_A_WORD("shape: without a word"),
        TAKES_NOTHING("shape: takes none of the shapes"),
        OTHER_SHAPE_EACH_TIME("shape: a second instance gives another shape"),
        NAME_IN_CAMEL_CASE("declares: 'biasVector'"),
        NAME_TWICE("declares: declares 'weight' twice"),
        FANS_EXCHANGED("fan: wrong fan: inputs a unit"),
        FAN_OUT_OF_ONE("fan: wrong fan: units that a value goes to"),
        CHANGES_X("inputs: changes its input x[0]"),
        CHANGES_DY("inputs: backward changes its input dy["),
        Y_BEYOND_BATCH("range: writes y[10], beyond the batch's 10 values"),
        LAST_OF_Y_UNWRITTEN("range: leaves y["),
        DX_ONE_ROW_TOO_FAR("range: backward writes dx["),
        DX_ADDED("range: backward adds to dx["),
        BIAS_OVER_CAPACITY("range: what lies behind the batch"),
        GRADIENT_ADDED("overwrites: adds to the gradient of 'weight'"),
        BIAS_GRADIENT_UNWRITTEN("overwrites: leaves the gradient of 'bias'[0] unwritten"),
        NEEDS_DX("no_input_gradient: NullPointerException"),
        NO_GRADIENT_WITHOUT_DX("no_input_gradient: the gradient of 'weight'"),
        RANDOM_OF_ITS_OWN("deterministic: differs when run again with the same key"),
        MEAN_IN_A_FIELD("state_declared: outside of them"),
        GRADIENT_OF_LAST_BATCH_MIXED_IN("state_declared: the gradient of 'bias'"),
        SCRATCH_SHARED("workers: writes scratch memory of another worker"),
        SUMS_BY_WORKER("workers: the gradient of"),
        TILES_ADD_TO_ONE_SUM("workers: two tiles of one run write"),
        DEPENDS_ON_WORKERS("workers: differs from with 1"),
        BUFFER_MOVES_IN_EVALUATION("evaluation: changes a buffer"),
        ROWS_LEAK("examples: depends on the other rows"),
        NAN_SWALLOWED("nan: turns a row of NaN into numbers"),
        NAN_SPREADS("nan: spreads to another"),
        OVERFLOWS("extremes: is no number"),
        DX_OFF_BY_1_PERCENT("gradient: backward's dx"),
        WEIGHT_GRADIENT_OFF_BY_1_PERCENT("gradient: the gradient of 'weight'"),
        WEIGHT_GRADIENT_HALVED("gradient: the gradient of 'weight'"),
        BIAS_GRADIENT_ZERO("gradient: the gradient of 'bias'"),
        ONE_WEIGHT_FORGOTTEN("gradient: the gradient of 'weight'"),
        SAYS_IDENTITY("identity: identity() says that it is left out"),
        ALLOCATES("no_garbage: allocates memory"),
        THROWS("inputs: throws java.lang.IllegalStateException: not yet");

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
        return Mutants.tests(Layer.class, Defect.values(), Dense::new);
    }

    @Test
    void aSlopeOffByOnePercentIsFoundAtEverySeed() {
        Mutants.requireFoundAtEverySeed(Layer.class, "gradient", () -> new Dense(Defect.DX_OFF_BY_1_PERCENT));
    }

    /** {@code y = x·W + b}, two units, rows spread over tiles. */
    private static final class Dense implements Layer {
        private static final int UNITS = 2;
        private static final int ROWS = 16;
        private static int built;

        private final Defect defect;
        private final Random random = new Random();
        private final Tile forwardTile = this::forwardTile;
        private final Tile backwardTile = this::backwardTile;
        private int inputs;
        private int capacity;
        private float[] x;
        private float[] y;
        private float[] dy;
        private float[] dx;
        private int batch;
        private Variable weight;
        private Variable bias;
        private float[] seen;
        private float[][] row;
        private float[][] sums;
        private float fieldMean;
        private float lastSum;

        Dense(Defect defect) {
            this.defect = defect;
        }

        private boolean is(Defect other) {
            return defect == other;
        }

        @Override
        public boolean identity() {
            return is(Defect.SAYS_IDENTITY);
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            if (is(Defect.TAKES_NOTHING)) {
                throw new IllegalArgumentException("rank " + input.rank() + " is not for me");
            }
            if (is(Defect.REFUSES_WITHOUT_A_WORD) && input.rank() == 3) {
                throw new IllegalArgumentException();
            }
            inputs = input.size();
            capacity = variables.capacity();
            Fan fan = is(Defect.FANS_EXCHANGED)
                    ? new Fan(UNITS, inputs)
                    : new Fan(inputs, is(Defect.FAN_OUT_OF_ONE) ? 1 : UNITS);
            weight = variables.weight("weight", Shape.of(inputs, UNITS), fan, (w, from, to, shape, f, r) -> {
                for (int i = from; i < to; i++) {
                    w[i] = (float) (r.nextGaussian() / Math.sqrt(f.in()));
                }
            });
            String name = is(Defect.NAME_IN_CAMEL_CASE) ? "biasVector" : is(Defect.NAME_TWICE) ? "weight" : "bias";
            bias = variables.vector(name, Shape.of(UNITS), 0);
            if (is(Defect.BUFFER_MOVES_IN_EVALUATION)) {
                seen = variables.buffer("seen", Shape.of(1), 0);
            }
            row = variables.perWorker(inputs);
            boolean byWorker = is(Defect.SUMS_BY_WORKER);
            sums = byWorker ? variables.perWorker(inputs * UNITS + UNITS) : new float[capacity / ROWS + 1][];
            for (int i = 0; i < sums.length && !byWorker; i++) {
                sums[i] = variables.scratch(inputs * UNITS + UNITS);
            }
            return Shape.of(is(Defect.OTHER_SHAPE_EACH_TIME) ? UNITS + built++ : UNITS);
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            if (is(Defect.THROWS)) {
                throw new IllegalStateException("not yet");
            }
            this.x = x;
            this.y = y;
            this.batch = batch;
            pass.compute().run(Tile.count(batch, ROWS), forwardTile);
            spoil(x, y, batch, pass);
        }

        private void forwardTile(int tile, int worker) {
            for (int i = tile * ROWS; i < Math.min(batch, (tile + 1) * ROWS); i++) {
                forwardRow(i, row[is(Defect.SCRATCH_SHARED) ? 0 : worker]);
            }
        }

        private void forwardRow(int i, float[] values) {
            System.arraycopy(x, i * inputs, values, 0, inputs);
            for (int unit = 0; unit < UNITS; unit++) {
                double sum = bias.value()[unit];
                for (int j = 0; j < inputs; j++) {
                    sum += (double) values[j] * weight.value()[j * UNITS + unit];
                }
                if (!is(Defect.LAST_OF_Y_UNWRITTEN) || (i + 1) % LayerTrial.BATCH != 0) {
                    y[i * UNITS + unit] = (float) sum;
                }
            }
        }

        private void spoil(float[] x, float[] y, int batch, Pass pass) {
            int end = batch * UNITS;
            switch (defect) {
                case CHANGES_X -> x[0] = 0;
                case Y_BEYOND_BATCH -> y[end] = 0;
                case RANDOM_OF_ITS_OWN -> {
                    if (pass.training()) {
                        y[0] += random.nextFloat();
                    }
                }
                case MEAN_IN_A_FIELD -> {
                    if (pass.training()) {
                        fieldMean = 0.9f * fieldMean + 0.1f * y[0];
                    } else {
                        y[1] -= fieldMean;
                    }
                }
                case DEPENDS_ON_WORKERS -> y[0] *= pass.compute().workers();
                case BUFFER_MOVES_IN_EVALUATION -> seen[0] += 1;
                case ROWS_LEAK -> {
                    for (int i = UNITS; i < end; i++) {
                        y[i] += 0.01f * x[(i / UNITS - 1) * inputs];
                    }
                }
                case NAN_SWALLOWED -> {
                    for (int i = 0; i < end; i++) {
                        y[i] = Float.isNaN(y[i]) ? 0 : y[i];
                    }
                }
                case NAN_SPREADS -> {
                    for (int i = UNITS; i < end; i++) {
                        y[i] += 0 * y[i - UNITS];
                    }
                }
                case OVERFLOWS -> {
                    for (int i = 0; i < end; i++) {
                        y[i] *= (float) Math.exp(y[i]) / (1 + (float) Math.exp(y[i]));
                    }
                }
                default -> {}
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            if (dx == null && is(Defect.NO_GRADIENT_WITHOUT_DX)) {
                return;
            }
            int tiles = Tile.count(batch, ROWS);
            if (is(Defect.SUMS_BY_WORKER)) {
                for (float[] sum : sums) {
                    Arrays.fill(sum, 0);
                }
            } else {
                for (int tile = 0; tile < tiles; tile++) {
                    Arrays.fill(sums[tile], 0);
                }
            }
            this.x = x;
            this.dy = dy;
            this.dx = dx;
            this.batch = batch;
            pass.compute().run(tiles, backwardTile);
            collect(is(Defect.SUMS_BY_WORKER) ? sums.length : tiles);
            spoilGradients(dy, dx, batch);
        }

        private void backwardTile(int tile, int worker) {
            float[] sum = sums[is(Defect.SUMS_BY_WORKER) ? worker : is(Defect.TILES_ADD_TO_ONE_SUM) ? 0 : tile];
            for (int i = tile * ROWS; i < Math.min(batch, (tile + 1) * ROWS); i++) {
                backwardRow(i, sum);
            }
        }

        private void backwardRow(int i, float[] sum) {
            for (int j = 0; j < inputs; j++) {
                float total = 0;
                for (int unit = 0; unit < UNITS; unit++) {
                    float slope = dy[i * UNITS + unit];
                    sum[j * UNITS + unit] += slope * x[i * inputs + j];
                    total += slope * weight.value()[j * UNITS + unit];
                }
                if (is(Defect.DX_ADDED)) {
                    dx[i * inputs + j] += total;
                } else if (dx != null || is(Defect.NEEDS_DX)) {
                    dx[i * inputs + j] = total;
                }
            }
            for (int unit = 0; unit < UNITS; unit++) {
                sum[inputs * UNITS + unit] += dy[i * UNITS + unit];
            }
        }

        private void collect(int parts) {
            int weights = inputs * UNITS;
            if (!is(Defect.GRADIENT_ADDED)) {
                Arrays.fill(weight.gradient(), 0);
            }
            if (!is(Defect.BIAS_GRADIENT_UNWRITTEN)) {
                Arrays.fill(bias.gradient(), 0);
            }
            for (int part = 0; part < parts; part++) {
                for (int i = 0; i < weights; i++) {
                    weight.gradient()[i] += sums[part][i];
                }
                for (int unit = 0; unit < UNITS && !is(Defect.BIAS_GRADIENT_UNWRITTEN); unit++) {
                    bias.gradient()[unit] += sums[part][weights + unit];
                }
            }
        }

        private void spoilGradients(float[] dy, float[] dx, int batch) {
            switch (defect) {
                case CHANGES_DY -> dy[0] = 0;
                case DX_ONE_ROW_TOO_FAR -> dx[batch * inputs] = 0;
                case BIAS_OVER_CAPACITY -> {
                    for (int i = batch; i < capacity; i++) {
                        bias.gradient()[0] += dy[i * UNITS];
                    }
                }
                case GRADIENT_OF_LAST_BATCH_MIXED_IN -> {
                    float sum = bias.gradient()[0];
                    bias.gradient()[0] = batch == LayerTrial.BATCH ? sum + 0.1f * lastSum : sum;
                    lastSum = batch == LayerTrial.BATCH ? lastSum : sum;
                }
                case DX_OFF_BY_1_PERCENT -> {
                    if (dx != null) {
                        multiply(dx, batch * inputs, 1.01f);
                    }
                }
                case WEIGHT_GRADIENT_OFF_BY_1_PERCENT -> multiply(weight.gradient(), inputs * UNITS, 1.01f);
                case WEIGHT_GRADIENT_HALVED -> multiply(weight.gradient(), inputs * UNITS, 0.5f);
                case BIAS_GRADIENT_ZERO -> Arrays.fill(bias.gradient(), 0);
                case ONE_WEIGHT_FORGOTTEN -> weight.gradient()[inputs * UNITS - 1] = 0;
                case ALLOCATES -> lastSum = Arrays.copyOf(dy, batch)[0];
                default -> {}
            }
        }

        private static void multiply(float[] values, int count, float factor) {
            for (int i = 0; i < count; i++) {
                values[i] *= factor;
            }
        }
    }
}

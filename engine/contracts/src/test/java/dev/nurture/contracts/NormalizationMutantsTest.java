package dev.nurture.contracts;

import dev.nurture.spi.Normalization;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Defects of a batch normalization. */
class NormalizationMutantsTest {
    private enum Defect implements Mutants.Defect {
        NONE(Mutants.HEALTHY),
        MEAN_IN_A_FIELD("state_declared: y out of training"),
        AVERAGES_MOVE_IN_EVALUATION("evaluation: changes a buffer"),
        BATCH_STATISTICS_IN_EVALUATION("examples: out of training the output of row 0 depends on the other rows"),
        SCALE_GRADIENT_ZERO("gradient: the gradient of 'scale'"),
        DX_OFF_BY_1_PERCENT("gradient: backward's dx"),
        MEAN_TAKEN_FOR_CONSTANT("gradient: backward's dx"),
        SCALE_FORGOTTEN_IN_DX("gradient: backward's dx"),
        CHANGES_SHAPE("keeps_shape: changes the shape"),
        VARIANCE_UNBIASED(
                "statistics: each channel of the batch, the nearest of the usual groups (4 values each), is not 1"),
        MEAN_NOT_SUBTRACTED("statistics: mean over each channel of the batch"),
        CHANNELS_INTERLEAVED("statistics: the nearest of the usual groups"),
        EPSILON_FORGOTTEN("constant: is not finite"),
        AVERAGES_STAND_STILL("modes: buffer 'mean' does not move in training"),
        DEVIATION_AVERAGED_AS_VARIANCE("modes: deviation is not 1"),
        MEAN_AVERAGED_OVER_SUM("modes: mean is not 0"),
        NO_SHIFT("shift: no trained vector is a shift");

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
        return Mutants.tests(Normalization.class, Defect.values(), BatchNormalization::new);
    }

    @Test
    void aSlopeOffByOnePercentIsFoundAtEverySeed() {
        Mutants.requireFoundAtEverySeed(
                Normalization.class, "gradient", () -> new BatchNormalization(Defect.DX_OFF_BY_1_PERCENT));
    }

    /** Normalizes each channel over the batch, one after the other. */
    private static final class BatchNormalization implements Normalization {
        private final Defect defect;
        private Shape shape;
        private Variable scale;
        private Variable shift;
        private float[] runningMean;
        private float[] runningVariance;
        private float[] mean;
        private float[] variance;
        private double[] sums;
        private double[] products;

        BatchNormalization(Defect defect) {
            this.defect = defect;
        }

        private boolean is(Defect other) {
            return defect == other;
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            shape = input;
            Shape each = Shape.of(input.channels());
            scale = variables.vector("scale", each, 1);
            shift = variables.vector("shift", each, 0);
            runningMean = is(Defect.MEAN_IN_A_FIELD) ? new float[each.size()] : variables.buffer("mean", each, 0);
            runningVariance = variables.buffer("variance", each, 1);
            mean = variables.scratch(each.size());
            variance = variables.scratch(each.size());
            sums = new double[each.size()];
            products = new double[each.size()];
            return is(Defect.CHANGES_SHAPE) ? Shape.of(input.size()) : input;
        }

        private int channel(int i) {
            return is(Defect.CHANNELS_INTERLEAVED) ? i % shape.channels() : i % shape.size() / shape.plane();
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            int count = batch * shape.size();
            if (pass.training() || is(Defect.BATCH_STATISTICS_IN_EVALUATION)) {
                measure(x, count, batch * shape.plane());
            } else {
                System.arraycopy(runningMean, 0, mean, 0, mean.length);
                System.arraycopy(runningVariance, 0, variance, 0, mean.length);
            }
            for (int i = 0; i < count; i++) {
                int c = channel(i);
                float added = is(Defect.NO_SHIFT) ? 0 : shift.value()[c];
                y[i] = (float) ((x[i] - subtracted(c)) / deviation(c)) * scale.value()[c] + added;
            }
            if (pass.training() || is(Defect.AVERAGES_MOVE_IN_EVALUATION)) {
                average(batch * shape.plane());
            }
        }

        private void measure(float[] x, int count, int each) {
            Arrays.fill(sums, 0);
            Arrays.fill(products, 0);
            for (int i = 0; i < count; i++) {
                sums[channel(i)] += x[i];
            }
            for (int c = 0; c < mean.length; c++) {
                mean[c] = (float) (sums[c] / each);
            }
            for (int i = 0; i < count; i++) {
                double centred = x[i] - mean[channel(i)];
                products[channel(i)] += centred * centred;
            }
            for (int c = 0; c < mean.length; c++) {
                variance[c] = (float) (products[c] / divisor(each));
            }
        }

        private float subtracted(int c) {
            return is(Defect.MEAN_NOT_SUBTRACTED) ? 0 : mean[c];
        }

        private double divisor(int each) {
            return is(Defect.VARIANCE_UNBIASED) ? each - 1 : each;
        }

        private double deviation(int c) {
            return Math.sqrt(variance[c] + (is(Defect.EPSILON_FORGOTTEN) ? 0 : 1e-5));
        }

        private void average(int each) {
            if (is(Defect.AVERAGES_STAND_STILL)) {
                return;
            }
            for (int c = 0; c < mean.length; c++) {
                float found = is(Defect.MEAN_AVERAGED_OVER_SUM) ? mean[c] / each : mean[c];
                float spread = is(Defect.DEVIATION_AVERAGED_AS_VARIANCE) ? (float) deviation(c) : variance[c];
                runningMean[c] = 0.9f * runningMean[c] + 0.1f * found;
                runningVariance[c] = 0.9f * runningVariance[c] + 0.1f * spread;
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            int count = batch * shape.size();
            int each = batch * shape.plane();
            Arrays.fill(sums, 0);
            Arrays.fill(products, 0);
            for (int i = 0; i < count; i++) {
                int c = channel(i);
                sums[c] += dy[i];
                products[c] += dy[i] * (x[i] - subtracted(c)) / deviation(c);
            }
            for (int c = 0; c < mean.length; c++) {
                scale.gradient()[c] = is(Defect.SCALE_GRADIENT_ZERO) ? 0 : (float) products[c];
                shift.gradient()[c] = is(Defect.NO_SHIFT) ? 0 : (float) sums[c];
            }
            for (int i = 0; i < count && dx != null; i++) {
                int c = channel(i);
                double factor = (is(Defect.SCALE_FORGOTTEN_IN_DX) ? 1 : scale.value()[c]) / deviation(c);
                factor *= is(Defect.DX_OFF_BY_1_PERCENT) ? 0.99 : 1;
                double standard = (x[i] - mean[c]) / deviation(c);
                boolean constant = is(Defect.MEAN_TAKEN_FOR_CONSTANT) || is(Defect.MEAN_NOT_SUBTRACTED);
                double average = constant ? 0 : sums[c] / each;
                dx[i] = (float) (factor * (dy[i] - average - standard * products[c] / divisor(each)));
            }
        }
    }
}

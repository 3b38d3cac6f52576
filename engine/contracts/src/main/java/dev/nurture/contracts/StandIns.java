package dev.nurture.contracts;

import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.List;

/** Plain parts for the places in another part where a definition would name one. */
final class StandIns {
    private static final Fan ALONE = new Fan(1, 1);

    private StandIns() {}

    /** Returns a new part of the kind that a parameter takes, or a list of one. */
    static Object of(Param<?> param) {
        Object part = part(param.kind());
        if (part == null) {
            throw new NotApplicable(
                    "'" + param.name() + "' is a " + param.kind().getSimpleName() + ", for which there is no stand-in");
        }
        return param.form() == Param.Form.PARTS ? List.of(part) : part;
    }

    private static Object part(Class<?> kind) {
        if (kind == ActivationLayer.class) {
            return ActivationLayer.of(new Tanh());
        }
        if (kind == Activation.class) {
            return new Tanh();
        }
        if (kind == Initializer.class) {
            return (Initializer) StandIns::normal;
        }
        if (kind == LearningRateSchedule.class) {
            return (LearningRateSchedule) progress -> 1 / (1.0 + progress.step());
        }
        if (kind == Normalization.class) {
            return new Unnormalized();
        }
        return kind == Layer.class ? new Gains() : null;
    }

    private static void normal(
            float[] w, int from, int to, Shape shape, Fan fan, java.util.random.RandomGenerator random) {
        for (int i = from; i < to; i++) {
            w[i] = (float) (random.nextGaussian() / Math.sqrt(fan.in()));
        }
    }

    private static final class Tanh implements Activation {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) Math.tanh(x[i]);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = dy[i] * (1 - y[i] * y[i]);
            }
        }
    }

    /** Normalizes nothing, and says so. */
    private static final class Unnormalized implements Normalization {
        private int size;

        @Override
        public Shape build(Shape input, Variables variables) {
            size = input.size();
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            System.arraycopy(x, 0, y, 0, batch * size);
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            if (dx != null) {
                System.arraycopy(dy, 0, dx, 0, batch * size);
            }
        }

        @Override
        public boolean identity() {
            return true;
        }
    }

    /** Multiplies each value by a weight of its own. */
    private static final class Gains implements Layer {
        private Variable gain;

        @Override
        public Shape build(Shape input, Variables variables) {
            gain = variables.weight("gain", input, ALONE, StandIns::normal);
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            float[] w = gain.value();
            for (int i = 0; i < batch * w.length; i++) {
                y[i] = x[i] * w[i % w.length];
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            float[] w = gain.value();
            float[] dw = gain.gradient();
            java.util.Arrays.fill(dw, 0);
            for (int i = 0; i < batch * w.length; i++) {
                dw[i % w.length] += dy[i] * x[i];
                if (dx != null) {
                    dx[i] = dy[i] * w[i % w.length];
                }
            }
        }
    }
}

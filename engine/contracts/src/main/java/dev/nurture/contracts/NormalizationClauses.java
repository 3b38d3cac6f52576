package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a normalization promises. One that is the identity is held to what a layer promises, and to nothing more. */
final class NormalizationClauses {
    static final Contract<Normalization> CONTRACT = LayerClauses.CONTRACT.and(
            Normalization.class,
            List.of(
                    new Clause<>("keeps_shape", "gives the shape that it takes", NormalizationClauses::keepsShape),
                    new Clause<>(
                            "statistics",
                            "brings each group of values to mean 0 and mean square 1 in training, to begin with",
                            NormalizationClauses::statistics),
                    new Clause<>(
                            "constant",
                            "gives finite values and gradients where values do not vary",
                            NormalizationClauses::constant),
                    new Clause<>(
                            "modes",
                            "after training on a steady stream gives mean 0 and deviation 1 out of training too",
                            NormalizationClauses::modes),
                    new Clause<>(
                            "shift", "has a trained vector that is added to its output", NormalizationClauses::shift)));

    /** Few rows tell a biased variance from an unbiased one. */
    private static final int ROWS = 4;

    private static final double TOLERANCE = 3e-3;

    private NormalizationClauses() {}

    private static List<Shape> shapes(Subject<Normalization> subject) {
        if (subject.fresh().identity()) {
            throw new NotApplicable("it says that it is the identity");
        }
        return CandidateShapes.few(CandidateShapes.accepted(subject, Layer::build));
    }

    /** Returns a trial with variables as they are declared. */
    private static LayerTrial fresh(Subject<Normalization> subject, Shape shape, int batch) {
        LayerTrial trial = new LayerTrial(subject.as(), shape, batch, 3);
        TestVariables declared = new TestVariables(batch);
        subject.fresh().build(shape, declared);
        trial.variables.copyFrom(declared);
        return trial;
    }

    private static void keepsShape(Subject<Normalization> subject) {
        for (Shape shape : shapes(subject)) {
            Shape output = subject.fresh().build(shape, new TestVariables(2));
            if (!output.equals(shape)) {
                throw new Violation("changes the shape of its input", output, shape);
            }
        }
    }

    /**
     * Asks which of the usual ways to group values comes nearest, and requires that it is near. Rows, channels and pixels
     * have means and deviations of their own, so that values grouped in one way are not normal in another.
     */
    private static void statistics(Subject<Normalization> subject) {
        for (Shape shape : shapes(subject)) {
            LayerTrial trial = fresh(subject, shape, ROWS);
            uneven(trial.x, shape, subject.random("statistics"));
            trial.forward(TestPass.training(1));
            Grouping nearest = null;
            for (Grouping grouping : Grouping.usual(shape, ROWS)) {
                grouping.measure(trial.y);
                nearest = nearest == null || grouping.distance() < nearest.distance() ? grouping : nearest;
            }
            if (!(Math.abs(nearest.mean()) <= TOLERANCE)) {
                throw new Violation(
                        "the output's mean over " + nearest.what() + ", the nearest of the usual groups, is not 0",
                        (float) nearest.mean(),
                        "0, give or take " + TOLERANCE);
            }
            if (!(nearest.error() <= TOLERANCE)) {
                throw new Violation(
                        "the output's mean square over " + nearest.what() + ", the nearest of the usual groups ("
                                + nearest.size() + " values each), is not 1",
                        (float) nearest.square(),
                        "1, give or take " + TOLERANCE);
            }
        }
    }

    private static void uneven(float[] x, Shape shape, KeyedRandom random) {
        int plane = shape.plane();
        float[] rows = Floats.normal(x.length / shape.size(), 2, random);
        float[] channels = Floats.normal(shape.channels(), 3, random);
        float[] pixels = Floats.normal(plane, 2, random);
        for (int i = 0; i < x.length; i++) {
            int channel = i % shape.size() / plane;
            double value = rows[i / shape.size()] + channels[channel] + pixels[i % plane] + random.nextGaussian();
            // So large that no ε matters.
            x[i] = (float) (100 * (1 + channel % 3) * value);
        }
    }

    private static void constant(Subject<Normalization> subject) {
        for (Shape shape : shapes(subject)) {
            LayerTrial trial = fresh(subject, shape, ROWS);
            float[] drawn = trial.x.clone();
            Arrays.fill(trial.x, 3);
            requireFinite(trial, "where all values are 3, ");
            for (int i = 0; i < drawn.length; i++) {
                trial.x[i] = i % shape.size() / shape.plane() == 0 ? 0 : drawn[i];
            }
            requireFinite(trial, "where a channel is 0 in all rows, ");
            for (int i = 0; i < drawn.length; i++) {
                trial.x[i] = i / shape.size() == 1 ? -7 : drawn[i];
            }
            requireFinite(trial, "where a row is -7 throughout, ");
        }
    }

    private static void requireFinite(LayerTrial trial, String where) {
        trial.train(1).forEach((name, values) -> LayerClauses.requireFinite(values, where + name));
    }

    private static void modes(Subject<Normalization> subject) {
        int batches = 200;
        for (Shape shape : shapes(subject)) {
            LayerTrial trial = fresh(subject, shape, 16);
            Map<String, float[]> before = trial.buffers();
            KeyedRandom random = subject.random("stream");
            for (int i = 0; i < batches; i++) {
                stream(trial.x, random);
                trial.forward(TestPass.training(i));
            }
            trial.variables.buffers().forEach((name, values) -> {
                if (Floats.difference(values, before.get(name), 0, values.length) < 0) {
                    throw new Violation(
                            "buffer '" + name + "' does not move in training", values[0], "a running average");
                }
            });
            double mean = 0;
            double square = 0;
            int evaluated = 20;
            for (int i = 0; i < evaluated; i++) {
                stream(trial.x, random);
                float[] y = trial.evaluate();
                for (float value : y) {
                    mean += value / ((double) evaluated * y.length);
                    square += (double) value * value / ((double) evaluated * y.length);
                }
            }
            double deviation = Math.sqrt(square - mean * mean);
            String sentence = "out of training, after " + batches + " batches of mean 2 and deviation 3, the output's ";
            if (!(Math.abs(mean) <= 0.3)) {
                throw new Violation(sentence + "mean is not 0", (float) mean, "0, give or take 0.3");
            }
            if (!(Math.abs(deviation - 1) <= 0.3)) {
                throw new Violation(sentence + "deviation is not 1", (float) deviation, "1, give or take 0.3");
            }
        }
    }

    private static void stream(float[] x, KeyedRandom random) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (2 + 3 * random.nextGaussian());
        }
    }

    private static void shift(Subject<Normalization> subject) {
        for (Shape shape : shapes(subject)) {
            LayerTrial trial = fresh(subject, shape, ROWS);
            float[] y = trial.evaluate();
            boolean found = false;
            for (Variable variable : trial.variables.trained().values()) {
                found |= adds(trial, variable, y);
            }
            if (!found) {
                throw new Violation(
                        "no trained vector is a shift: adding 1 to it adds 1 to no output",
                        trial.variables.trained().keySet(),
                        "one that takes the place of a bias");
            }
        }
    }

    private static boolean adds(LayerTrial trial, Variable variable, float[] y) {
        float[] value = variable.value();
        float[] saved = value.clone();
        for (int i = 0; i < value.length; i++) {
            value[i] += 1;
        }
        float[] shifted = trial.evaluate();
        System.arraycopy(saved, 0, value, 0, saved.length);
        for (int i = 0; i < y.length; i++) {
            if (!(Math.abs(shifted[i] - y[i] - 1) <= 1e-3)) {
                return false;
            }
        }
        return true;
    }
}

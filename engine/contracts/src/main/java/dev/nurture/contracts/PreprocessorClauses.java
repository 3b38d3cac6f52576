package dev.nurture.contracts;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every preprocessor promises. */
final class PreprocessorClauses {
    static final Contract<Preprocessor> CONTRACT = new Contract<>(
            Preprocessor.class,
            List.of(
                    new Clause<>(
                            "shape",
                            "takes vectors or images, the same output shape each time, and says what it refuses",
                            PreprocessorClauses::shape),
                    new Clause<>(
                            "declares",
                            "declares buffers under names of their own in snake_case",
                            PreprocessorClauses::declares),
                    new Clause<>("inputs", "leaves the training rows and x as they are", PreprocessorClauses::inputs),
                    new Clause<>(
                            "range",
                            "writes y for the batch, all of it and nothing beyond",
                            PreprocessorClauses::range),
                    new Clause<>(
                            "training_only",
                            "draws random numbers only if it is augmentation, and only in training",
                            PreprocessorClauses::trainingOnly),
                    new Clause<>(
                            "deterministic",
                            "gives the same bits for the same key, at every call and from every instance",
                            PreprocessorClauses::deterministic),
                    new Clause<>("refit", "fits anew, whatever it was fitted on before", PreprocessorClauses::refit),
                    new Clause<>(
                            "state_declared",
                            "keeps all that it learns in buffers",
                            PreprocessorClauses::stateDeclared),
                    new Clause<>(
                            "workers",
                            "gives the same bits at any number of workers and in any order of the tiles",
                            PreprocessorClauses::workers),
                    new Clause<>("rows", "treats each row by itself, once it is fitted", PreprocessorClauses::rows),
                    new Clause<>(
                            "constant",
                            "gives finite values where the training rows do not vary",
                            PreprocessorClauses::constant),
                    new Clause<>("finite", "gives finite values for rows of ±1e4", PreprocessorClauses::finite),
                    new Clause<>(
                            "no_garbage",
                            "allocates nothing in apply, once compiled",
                            PreprocessorClauses::noGarbage)));

    private static final int BATCH = 5;
    private static final int SPARE = 2;
    private static final float FILLING = 1_000;
    private static final float OTHER_FILLING = -3_000;

    /** Values of the batch on which work is spread: enough for several tiles. */
    private static final int MANY = 40_000;

    private PreprocessorClauses() {}

    private static void shape(Subject<Preprocessor> subject) {
        CandidateShapes.require(subject, Preprocessor::build);
    }

    private static void declares(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            TestVariables variables = new PreprocessorTrial(subject, shape, BATCH, 3).variables;
            if (!variables.trained().isEmpty()) {
                throw new Violation(
                        "declares trained variables, which nothing trains",
                        variables.trained().keySet(),
                        "buffers alone");
            }
            LayerClauses.requireDeclared(variables, new PreprocessorTrial(subject, shape, BATCH, 3).variables);
        }
    }

    private static PreprocessorTrial fitted(Subject<Preprocessor> subject, Shape shape) {
        return PreprocessorTrial.fitted(subject, shape, BATCH + SPARE, 3);
    }

    /** Returns rows to apply it to. */
    private static float[] batch(Subject<Preprocessor> subject, Shape shape, int rows) {
        return PreprocessorTrial.rows(shape, rows, subject.random("batch")).x();
    }

    private static void inputs(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            PreprocessorTrial trial = new PreprocessorTrial(subject, shape, BATCH + SPARE, 3);
            Dataset train = PreprocessorTrial.rows(shape, PreprocessorTrial.ROWS, subject.random("train"));
            float[] before = train.x().clone();
            int[] labels = train.labels().clone();
            trial.preprocessor.fit(train);
            Floats.requireUnchanged(train.x(), before, "fit", "train.x");
            if (!Arrays.equals(train.labels(), labels)) {
                throw new Violation("fit changes the labels of the training rows", "changed", "as they were");
            }
            float[] x = batch(subject, shape, BATCH + SPARE);
            float[] xBefore = x.clone();
            trial.apply(x, BATCH, TestPass.training(1));
            trial.apply(x, BATCH, TestPass.evaluation());
            Floats.requireUnchanged(x, xBefore, "apply", "x");
        }
    }

    private static void range(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            for (TestPass pass : List.of(TestPass.evaluation(), TestPass.training(1))) {
                float[] first = filled(subject, shape, pass, FILLING);
                float[] second = filled(subject, shape, pass, OTHER_FILLING);
                int count = BATCH * (first.length / (BATCH + SPARE));
                Floats.requireOverwritten(first, FILLING, second, OTHER_FILLING, count, "apply", "y");
            }
        }
    }

    private static float[] filled(Subject<Preprocessor> subject, Shape shape, TestPass pass, float filling) {
        PreprocessorTrial trial = fitted(subject, shape);
        float[] y = new float[(BATCH + SPARE) * trial.output.size()];
        Arrays.fill(y, filling);
        trial.preprocessor.apply(batch(subject, shape, BATCH + SPARE), y, BATCH, pass);
        return y;
    }

    private static void trainingOnly(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            PreprocessorTrial trial = fitted(subject, shape);
            float[] x = batch(subject, shape, BATCH + SPARE);
            float[] evaluated = trial.apply(x, BATCH, new TestPass(false, 1, new PlainCompute(3)));
            float[] other = trial.apply(x, BATCH, new TestPass(false, 2, new PlainCompute(3)));
            Floats.requireSame(other, evaluated, "draws random numbers out of training: with another key, y");
            if (!trial.preprocessor.augmentation()) {
                String sentence = "is no augmentation, but gives other values in training: y";
                Floats.requireSame(trial.apply(x, BATCH, TestPass.training(1)), evaluated, sentence);
                Floats.requireSame(trial.apply(x, BATCH, TestPass.training(2)), evaluated, sentence);
            }
        }
    }

    private static void deterministic(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            PreprocessorTrial trial = fitted(subject, shape);
            PreprocessorTrial other = fitted(subject, shape);
            requireSameBuffers(other, trial, "a second instance fitted on the same rows learns something else");
            float[] x = batch(subject, shape, BATCH + SPARE);
            for (TestPass pass : List.of(TestPass.evaluation(), TestPass.training(1))) {
                float[] y = trial.apply(x, BATCH, pass);
                float[] between = PreprocessorTrial.rows(shape, BATCH + SPARE, subject.random("between"))
                        .x();
                trial.apply(between, BATCH + SPARE, TestPass.training(7));
                Floats.requireSame(trial.apply(x, BATCH, pass), y, "differs when applied again: y");
                Floats.requireSame(other.apply(x, BATCH, pass), y, "differs between two instances: y");
            }
        }
    }

    private static void requireSameBuffers(PreprocessorTrial measured, PreprocessorTrial expected, String sentence) {
        LayerTrial.requireSame(measured.variables.buffers(), expected.variables.buffers(), sentence + ": buffer");
    }

    private static void refit(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            PreprocessorTrial once = fitted(subject, shape);
            PreprocessorTrial twice = new PreprocessorTrial(subject, shape, BATCH + SPARE, 3);
            Dataset before = PreprocessorTrial.rows(shape, 20, subject.random("before"));
            for (int i = 0; i < before.x().length; i++) {
                before.x()[i] = 5 * before.x()[i] + 3;
            }
            twice.preprocessor.fit(before);
            twice.preprocessor.fit(PreprocessorTrial.rows(shape, PreprocessorTrial.ROWS, subject.random("train")));
            String sentence = "fitted a second time, it still depends on the rows of the first";
            requireSameBuffers(twice, once, sentence);
            float[] x = batch(subject, shape, BATCH + SPARE);
            Floats.requireSame(
                    twice.apply(x, BATCH, TestPass.evaluation()),
                    once.apply(x, BATCH, TestPass.evaluation()),
                    sentence + ": y");
        }
    }

    private static void stateDeclared(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            PreprocessorTrial fitted = fitted(subject, shape);
            PreprocessorTrial restored = new PreprocessorTrial(subject, shape, BATCH + SPARE, 3);
            restored.variables.copyFrom(fitted.variables);
            float[] x = batch(subject, shape, BATCH + SPARE);
            for (TestPass pass : List.of(TestPass.evaluation(), TestPass.training(1))) {
                Floats.requireSame(
                        restored.apply(x, BATCH, pass),
                        fitted.apply(x, BATCH, pass),
                        "a fresh instance with the same buffers gives other values, so fit keeps something outside of"
                                + " them: y");
            }
        }
    }

    private static void workers(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            int batch = MANY / shape.size();
            float[] x = batch(subject, shape, batch);
            PreprocessorTrial watched = PreprocessorTrial.fitted(subject, shape, batch, 3);
            float[] y = Floats.poisoned(batch * watched.output.size());
            Map<String, float[]> arrays = new LinkedHashMap<>(watched.variables.buffers());
            arrays.put("y", y);
            watched.preprocessor.apply(
                    x, y, batch, new TestPass(true, 1, new WatchedCompute(watched.variables, arrays)));
            for (PlainCompute compute : List.of(
                    new PlainCompute(1), new PlainCompute(2, 2), new PlainCompute(5, 5), new ThreadedCompute(4))) {
                float[] other = PreprocessorTrial.fitted(subject, shape, batch, compute.workers())
                        .apply(x, batch, new TestPass(true, 1, compute));
                Floats.requireSame(other, y, "with " + compute.workers() + " workers differs from with 3: y");
            }
        }
    }

    private static void rows(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            PreprocessorTrial trial = fitted(subject, shape);
            int in = shape.size();
            int out = trial.output.size();
            float[] x = batch(subject, shape, BATCH + SPARE);
            float[] y = trial.apply(x, BATCH, TestPass.evaluation());
            for (int row = 0; row < BATCH; row++) {
                float[] one = Arrays.copyOf(Arrays.copyOfRange(x, row * in, (row + 1) * in), x.length);
                Floats.requireClose(
                        trial.apply(one, 1, TestPass.evaluation()),
                        0,
                        y,
                        row * out,
                        out,
                        "row " + row + " comes out otherwise alone than among others, y");
            }
        }
    }

    private static void constant(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            for (boolean all : new boolean[] {false, true}) {
                PreprocessorTrial trial = new PreprocessorTrial(subject, shape, BATCH + SPARE, 3);
                Dataset train = PreprocessorTrial.rows(shape, PreprocessorTrial.ROWS, subject.random("train"));
                for (int i = 0; i < train.x().length; i++) {
                    int at = i % shape.size();
                    train.x()[i] = all || at == 1 ? 3 : at == 2 ? 0 : train.x()[i];
                }
                trial.preprocessor.fit(train);
                String where = all
                        ? "fitted on rows that are all the same, y"
                        : "fitted on rows of which a value never varies, y";
                float[] same = Arrays.copyOf(train.x(), (BATCH + SPARE) * shape.size());
                LayerClauses.requireFinite(trial.apply(same, BATCH, TestPass.evaluation()), where);
                float[] other = batch(subject, shape, BATCH + SPARE);
                LayerClauses.requireFinite(trial.apply(other, BATCH, TestPass.evaluation()), where);
            }
        }
    }

    private static void finite(Subject<Preprocessor> subject) {
        float[] values = {0f, -0f, 1e-30f, -1e-30f, 88f, -88f, 1e4f, -1e4f};
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            PreprocessorTrial trial = fitted(subject, shape);
            float[] x = new float[(BATCH + SPARE) * shape.size()];
            for (int i = 0; i < x.length; i++) {
                x[i] = values[(i / shape.size() + i) % values.length];
            }
            LayerClauses.requireFinite(trial.apply(x, BATCH, TestPass.evaluation()), "y");
            LayerClauses.requireFinite(trial.apply(x, BATCH, TestPass.training(1)), "in training y");
        }
    }

    private static void noGarbage(Subject<Preprocessor> subject) {
        for (Shape shape : CandidateShapes.fewRows(subject)) {
            PreprocessorTrial trial = fitted(subject, shape);
            float[] x = batch(subject, shape, BATCH + SPARE);
            float[] y = new float[(BATCH + SPARE) * trial.output.size()];
            TestPass training = TestPass.training(1);
            Allocation.requireNone("apply", () -> trial.preprocessor.apply(x, y, 2, training));
        }
    }
}

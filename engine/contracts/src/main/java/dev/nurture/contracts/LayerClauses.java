package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What every layer promises. */
final class LayerClauses {
    static final Contract<Layer> CONTRACT = new Contract<>(
            Layer.class,
            List.of(
                    new Clause<>(
                            "shape",
                            "takes vectors or images, the same output shape each time, and says what it refuses",
                            LayerClauses::shape),
                    new Clause<>(
                            "declares",
                            "declares variables under names of their own in snake_case",
                            LayerClauses::declares),
                    new Clause<>("inputs", "leaves x, y and dy as they are", LayerClauses::inputs),
                    new Clause<>(
                            "range",
                            "writes y and dx for the batch, all of it and nothing beyond",
                            LayerClauses::range),
                    new Clause<>("overwrites", "overwrites the gradients of its variables", LayerClauses::overwrites),
                    new Clause<>(
                            "no_input_gradient",
                            "gives its variables the same gradients when nobody needs dx",
                            LayerClauses::noInputGradient),
                    new Clause<>(
                            "fan",
                            "declares a weight with the number of inputs a unit and of units a value goes to",
                            LayerClauses::fan),
                    new Clause<>(
                            "deterministic",
                            "gives the same bits for the same key, at every call and from every instance",
                            LayerClauses::deterministic),
                    new Clause<>(
                            "state_declared",
                            "keeps all that it learns in variables and buffers",
                            LayerClauses::stateDeclared),
                    new Clause<>(
                            "workers",
                            "gives the same bits at any number of workers and in any order of the tiles",
                            LayerClauses::workers),
                    new Clause<>(
                            "evaluation",
                            "draws nothing and leaves its buffers alone out of training",
                            LayerClauses::evaluation),
                    new Clause<>(
                            "expectation",
                            "gives on average over the keys what it gives out of training",
                            LayerClauses::expectation),
                    new Clause<>(
                            "examples",
                            "treats each row by itself; a normalization at least out of training",
                            LayerClauses::examples),
                    new Clause<>("nan", "does not turn a row of NaN into plain numbers", LayerClauses::nan),
                    new Clause<>(
                            "extremes",
                            "gives numbers for inputs of ±0, ±1e-30, ±88 and ±1e4, and finite gradients",
                            LayerClauses::extremes),
                    new Clause<>(
                            "gradient",
                            "has the gradients that differences of its output show, kinks apart",
                            LayerClauses::gradient),
                    new Clause<>("identity", "changes nothing if it says so", LayerClauses::identity),
                    new Clause<>("no_garbage", "allocates nothing once it is built", LayerClauses::noGarbage)));

    private static final String SNAKE_CASE = "[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*";
    private static final float FILLING = 1_000;
    private static final float OTHER_FILLING = -3_000;

    /** Values of the batch on which work is spread: enough for several tiles. */
    private static final int MANY = 40_000;

    private LayerClauses() {}

    private static void shape(Subject<Layer> subject) {
        CandidateShapes.require(subject, Layer::build);
    }

    private static void declares(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.accepted(subject, Layer::build)) {
            LayerTrial trial = new LayerTrial(subject, shape);
            requireDeclared(trial.variables, new LayerTrial(subject, shape).variables);
        }
    }

    private static void fan(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.accepted(subject, Layer::build)) {
            new FanCheck(subject, shape).require();
        }
    }

    /** @param again what a second instance declared */
    static void requireDeclared(TestVariables variables, TestVariables again) {
        if (!variables.twice().isEmpty()) {
            throw new Violation("declares '" + variables.twice().get(0) + "' twice", "two of one name", "one");
        }
        for (var names :
                List.of(variables.trained().keySet(), variables.buffers().keySet())) {
            for (String name : names) {
                if (!name.matches(SNAKE_CASE)) {
                    throw new Violation("declares a name that is not in snake_case", "'" + name + "'", SNAKE_CASE);
                }
            }
        }
        if (!sizes(variables).equals(sizes(again))) {
            throw new Violation("a second instance declares other variables", sizes(again), sizes(variables));
        }
    }

    private static String sizes(TestVariables variables) {
        StringBuilder text = new StringBuilder();
        variables
                .trained()
                .forEach((name, variable) ->
                        text.append(name).append(' ').append(variable.shape()).append(", "));
        variables
                .buffers()
                .forEach((name, values) ->
                        text.append(name).append(' ').append(values.length).append(", "));
        return text.toString();
    }

    private static void inputs(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial trial = new LayerTrial(subject, shape);
            float[] x = trial.x.clone();
            float[] dy = trial.dy.clone();
            trial.evaluate();
            Floats.requireUnchanged(trial.x, x, "forward out of training", "x");
            trial.forward(TestPass.training(1));
            Floats.requireUnchanged(trial.x, x, "forward", "x");
            float[] y = trial.y.clone();
            trial.backward(TestPass.training(1));
            Floats.requireUnchanged(trial.x, x, "backward", "x");
            Floats.requireUnchanged(trial.y, y, "backward", "y");
            Floats.requireUnchanged(trial.dy, dy, "backward", "dy");
        }
    }

    /** A layer's outputs over two fillings of the arrays that it is to overwrite. */
    private static final class TwoFillings {
        final LayerTrial first;
        final LayerTrial second;

        TwoFillings(Subject<Layer> subject, Shape shape) {
            first = new LayerTrial(subject, shape);
            second = new LayerTrial(subject, shape);
            first.fillOutputs(FILLING);
            second.fillOutputs(OTHER_FILLING);
        }

        void require(float[] array, float[] other, int count, String method, String name) {
            Floats.requireOverwritten(array, FILLING, other, OTHER_FILLING, count, method, name);
        }
    }

    private static void range(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            for (boolean training : new boolean[] {false, true}) {
                TestPass pass = training ? TestPass.training(1) : TestPass.evaluation();
                TwoFillings two = new TwoFillings(subject, shape);
                two.first.forward(pass);
                two.second.forward(pass);
                String method = training ? "forward" : "forward out of training";
                two.require(two.first.y, two.second.y, two.first.outputs(), method, "y");
                if (training) {
                    two.first.backward(pass);
                    two.second.backward(pass);
                    two.require(two.first.dx, two.second.dx, two.first.inputs(), "backward", "dx");
                }
            }
            requireBlindBehindBatch(subject, shape);
        }
    }

    private static void requireBlindBehindBatch(Subject<Layer> subject, Shape shape) {
        Map<String, float[]> expected = new LayerTrial(subject, shape).train(1);
        if (!Arrays.equals(new LayerTrial(subject, shape).train(1).get("y"), expected.get("y"))) {
            // Something else is wrong, which a later clause names.
            return;
        }
        LayerTrial trial = new LayerTrial(subject, shape);
        Arrays.fill(trial.x, trial.inputs(), trial.x.length, 77);
        Arrays.fill(trial.dy, trial.outputs(), trial.dy.length, 77);
        LayerTrial.requireSame(trial.train(1), expected, "what lies behind the batch in x and dy changes the result");
    }

    private static void overwrites(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            TwoFillings two = new TwoFillings(subject, shape);
            for (LayerTrial trial : List.of(two.first, two.second)) {
                trial.forward(TestPass.training(1));
                trial.backward(TestPass.training(1));
            }
            Map<String, float[]> others = two.second.gradients();
            two.first
                    .gradients()
                    .forEach((name, values) -> two.require(values, others.get(name), values.length, "backward", name));
            LayerTrial trial = new LayerTrial(subject, shape);
            Map<String, float[]> buffers = trial.buffers();
            Map<String, float[]> first = trial.train(1);
            trial.restore(buffers);
            Map<String, float[]> second = trial.train(1);
            trial.gradients().keySet().forEach(name -> requireNotSummed(name, second.get(name), first.get(name)));
        }
    }

    private static void requireNotSummed(String name, float[] second, float[] first) {
        int at = 0;
        for (int i = 0; i < first.length; i++) {
            at = Math.abs(first[i]) > Math.abs(first[at]) ? i : at;
        }
        if (first[at] != 0 && Math.abs(second[at] - 2 * first[at]) <= 1e-3 * Math.abs(first[at])) {
            throw new Violation(
                    "backward adds to what it gave the last time, " + name + "[" + at + "]", second[at], first[at]);
        }
    }

    private static void noInputGradient(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial with = new LayerTrial(subject, shape);
            with.train(1);
            LayerTrial without = new LayerTrial(subject, shape);
            without.fillOutputs(Floats.POISON);
            TestPass pass = TestPass.training(1);
            without.forward(pass);
            without.layer.backward(without.x, without.y, without.dy, null, without.batch, pass);
            LayerTrial.requireSame(without.gradients(), with.gradients(), "differs when dx is null");
        }
    }

    private static void deterministic(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial trial = new LayerTrial(subject, shape);
            LayerTrial other = new LayerTrial(subject, shape);
            Map<String, float[]> buffers = trial.buffers();
            float[] evaluated = trial.evaluate();
            trial.restore(buffers);
            Floats.requireSame(trial.evaluate(), evaluated, "differs when evaluated again: y");
            Floats.requireSame(other.evaluate(), evaluated, "differs between two instances, evaluated: y");
            trial.restore(buffers);
            other.restore(buffers);
            Map<String, float[]> trained = trial.train(1);
            trial.restore(buffers);
            LayerTrial.requireSame(trial.train(1), trained, "differs when run again with the same key");
            LayerTrial.requireSame(other.train(1), trained, "differs between two instances with the same key");
        }
    }

    private static void stateDeclared(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial used = new LayerTrial(subject, shape);
            KeyedRandom random = subject.random("other batches");
            for (int batch : new int[] {LayerTrial.BATCH, LayerTrial.BATCH - 2, LayerTrial.BATCH + LayerTrial.SPARE}) {
                used.draw(random);
                used.batch = batch;
                used.train(10 + batch);
                descend(used.variables.trained().values());
            }
            LayerTrial fresh = new LayerTrial(subject, shape);
            fresh.variables.copyFrom(used.variables);
            used.batch = fresh.batch;
            System.arraycopy(fresh.x, 0, used.x, 0, used.x.length);
            System.arraycopy(fresh.dy, 0, used.dy, 0, used.dy.length);
            String sentence =
                    ", it computes otherwise than a fresh instance with the same variables and buffers, so it keeps"
                            + " something outside of them";
            Floats.requireSame(used.evaluate(), fresh.evaluate(), "after training" + sentence + ": y out of training");
            LayerTrial.requireSame(used.train(1), fresh.train(1), "after training" + sentence);
            LayerTrial.requireSame(used.buffers(), fresh.buffers(), "after training" + sentence);
        }
    }

    private static void descend(Iterable<Variable> variables) {
        for (Variable variable : variables) {
            for (int i = 0; i < variable.value().length; i++) {
                variable.value()[i] -= 0.01f * variable.gradient()[i];
            }
        }
    }

    private static void workers(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            int batch = MANY / shape.size();
            Map<String, float[]> one = new LayerTrial(subject, shape, batch, 1).train(pass(new PlainCompute(1)));
            LayerTrial watched = new LayerTrial(subject, shape, batch, 2);
            Map<String, float[]> arrays = watched.gradients();
            arrays.put("y", watched.y);
            arrays.put("dx", watched.dx);
            watched.variables.buffers().forEach((name, values) -> arrays.put("buffer '" + name + "'", values));
            PlainCompute watching = new WatchedCompute(watched.variables, arrays);
            LayerTrial.requireSame(watched.train(pass(watching)), one, "with 2 workers differs from with 1");
            Map<String, float[]> five = new LayerTrial(subject, shape, batch, 5).train(pass(new PlainCompute(5, 5)));
            LayerTrial.requireSame(five, one, "with 5 workers, and tiles in another order, differs from with 1");
            Map<String, float[]> threads = new LayerTrial(subject, shape, batch, 4).train(pass(new ThreadedCompute(4)));
            LayerTrial.requireSame(threads, one, "on 4 threads at once differs from on 1");
        }
    }

    private static TestPass pass(PlainCompute compute) {
        return new TestPass(true, 1, compute);
    }

    private static void evaluation(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial trial = new LayerTrial(subject, shape);
            trial.train(1);
            Map<String, float[]> buffers = trial.buffers();
            float[] y = trial.evaluate(new TestPass(false, 1, new PlainCompute(3)));
            LayerTrial.requireSame(trial.buffers(), buffers, "forward out of training changes a buffer");
            float[] other = trial.evaluate(new TestPass(false, 2, new PlainCompute(3)));
            Floats.requireSame(other, y, "draws random numbers out of training: with another key, y");
        }
    }

    /** Compares the average over keys with the value out of training, on inputs small enough that all is linear. */
    private static void expectation(Subject<Layer> subject) {
        boolean random = false;
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial trial = new LayerTrial(subject, shape, 40, 3);
            for (int i = 0; i < trial.x.length; i++) {
                trial.x[i] *= 0.1f;
            }
            trial.forward(TestPass.training(1));
            float[] once = trial.y.clone();
            trial.forward(TestPass.training(2));
            if (!trial.variables.buffers().isEmpty() || Arrays.equals(once, trial.y)) {
                continue;
            }
            random = true;
            requireAverage(trial);
        }
        if (!random) {
            throw new NotApplicable("it draws no random numbers");
        }
    }

    private static void requireAverage(LayerTrial trial) {
        int keys = 100;
        double[] sums = new double[trial.outputs()];
        for (int key = 0; key < keys; key++) {
            trial.forward(TestPass.training(100 + key));
            for (int i = 0; i < sums.length; i++) {
                sums[i] += trial.y[i];
            }
        }
        float[] evaluated = trial.evaluate();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < sums.length; i++) {
            products += sums[i] / keys * evaluated[i];
            squares += (double) evaluated[i] * evaluated[i];
        }
        double factor = products / squares;
        if (!(Math.abs(factor - 1) <= 0.1)) {
            throw new Violation(
                    "what it gives in training, averaged over " + keys + " keys, is not what it gives out of training,"
                            + " but a multiple",
                    (float) factor,
                    "1, give or take 0.1");
        }
    }

    private static void examples(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial trial = new LayerTrial(subject, shape);
            LayerTrial others = new LayerTrial(subject, shape);
            int in = shape.size();
            int out = trial.output.size();
            float[] y = trial.evaluate();
            for (int row : new int[] {0, LayerTrial.BATCH / 2, LayerTrial.BATCH - 1}) {
                String of = " of row " + row + " depends on the other rows, at ";
                others.draw(subject.random("other rows"));
                System.arraycopy(trial.x, row * in, others.x, row * in, in);
                System.arraycopy(trial.dy, row * out, others.dy, row * out, out);
                Floats.requireClose(
                        others.evaluate(), row * out, y, row * out, out, "out of training the output" + of + "y");
                // One with buffers has a normalization within.
                if (!(trial.layer instanceof Normalization)
                        && trial.variables.buffers().isEmpty()) {
                    Map<String, float[]> expected = trial.train(1);
                    Map<String, float[]> found = others.train(1);
                    for (String name : List.of("y", "dx")) {
                        int size = name.equals("y") ? out : in;
                        Floats.requireClose(
                                found.get(name),
                                row * size,
                                expected.get(name),
                                row * size,
                                size,
                                (name.equals("y") ? "in training the output" : "the input gradient") + of + name);
                    }
                }
            }
            requireAlone(subject, shape, y);
        }
    }

    private static void requireAlone(Subject<Layer> subject, Shape shape, float[] y) {
        LayerTrial alone = new LayerTrial(subject, shape);
        int in = shape.size();
        int out = alone.output.size();
        int row = 2;
        System.arraycopy(alone.x, row * in, alone.x, 0, in);
        alone.batch = 1;
        Floats.requireClose(
                alone.evaluate(),
                0,
                y,
                row * out,
                out,
                "out of training the output of row " + row + " depends on how many rows there are, at y");
    }

    private static void nan(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial trial = new LayerTrial(subject, shape);
            int in = shape.size();
            int out = trial.output.size();
            int row = 1;
            float[] x = trial.x.clone();
            float[] y = trial.evaluate();
            trial.draw(subject.random("nan"));
            System.arraycopy(trial.x, row * in, x, row * in, in);
            System.arraycopy(x, 0, trial.x, 0, x.length);
            float[] other = trial.evaluate();
            Arrays.fill(trial.x, row * in, (row + 1) * in, Float.NaN);
            float[] swallowed = trial.evaluate();
            for (int i = 0; i < y.length; i++) {
                boolean inside = i / out == row;
                // What does not depend on the input, such as a border of zeros, stays what it is.
                boolean depends = !Floats.same(y[i], other[i]);
                if (inside && depends && Float.isFinite(swallowed[i])) {
                    throw new Violation("forward turns a row of NaN into numbers, y[" + i + "]", swallowed[i], "NaN");
                }
                if (!inside && !Floats.same(swallowed[i], y[i])) {
                    throw new Violation("a row of NaN spreads to another, y[" + i + "]", swallowed[i], y[i]);
                }
            }
        }
    }

    private static void extremes(Subject<Layer> subject) {
        float[] values = {0f, -0f, 1e-30f, -1e-30f, 88f, -88f, 1e4f, -1e4f};
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial trial = new LayerTrial(subject, shape, values.length, 3);
            for (int i = 0; i < trial.x.length; i++) {
                trial.x[i] = values[(i / shape.size() + i % shape.size()) % values.length];
            }
            String of = " at inputs of ±0, ±1e-30, ±88 and ±1e4 is no number, ";
            requireNumbers(trial.evaluate(), "output out of training" + of + "y");
            Map<String, float[]> results = trial.train(1);
            float[] y = results.remove("y");
            requireNumbers(y, "output" + of + "y");
            for (float value : y) {
                if (!Float.isFinite(value)) {
                    return;
                }
            }
            results.forEach(
                    (name, gradient) -> requireFinite(gradient, "at inputs of ±0, ±1e-30, ±88 and ±1e4 " + name));
        }
    }

    private static void requireNumbers(float[] values, String sentence) {
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                throw new Violation(sentence + "[" + i + "]", "NaN", "a number");
            }
        }
    }

    /** @param what before {@code [i] is not finite} */
    static void requireFinite(float[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new Violation(what + "[" + i + "] is not finite", values[i], "a finite value");
            }
        }
    }

    private static void gradient(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            new GradientCheck(subject.fresh(), shape, 4, subject.seed()).require();
        }
    }

    private static void identity(Subject<Layer> subject) {
        boolean says = subject.fresh().identity();
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial trial = new LayerTrial(subject, shape);
            if (trial.layer.identity() != says) {
                throw new Violation("identity() changes when it is built", trial.layer.identity(), says);
            }
            if (!says) {
                continue;
            }
            if (!trial.output.equals(shape)) {
                throw new Violation(
                        "identity() says that it is left out, but it changes the shape", trial.output, shape);
            }
            float[] x = Arrays.copyOf(trial.x, trial.inputs());
            float[] dy = Arrays.copyOf(trial.dy, trial.outputs());
            String sentence = "identity() says that it is left out, but it changes values, ";
            Floats.requireSame(trial.evaluate(), x, sentence + "y out of training");
            Map<String, float[]> results = trial.train(1);
            Floats.requireSame(results.get("y"), x, sentence + "y");
            Floats.requireSame(results.get("dx"), dy, sentence + "dx");
        }
    }

    private static void noGarbage(Subject<Layer> subject) {
        for (Shape shape : CandidateShapes.few(subject)) {
            LayerTrial trial = new LayerTrial(subject, shape, 2, 3);
            TestPass training = TestPass.training(1);
            Allocation.requireNone("forward and backward", () -> {
                trial.forward(training);
                trial.backward(training);
            });
            TestPass evaluation = TestPass.evaluation();
            Allocation.requireNone("forward out of training", () -> trial.forward(evaluation));
        }
    }
}

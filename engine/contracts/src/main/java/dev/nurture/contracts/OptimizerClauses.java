package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Optimizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every optimizer promises. */
final class OptimizerClauses {
    static final Contract<Optimizer> CONTRACT = new Contract<>(
            Optimizer.class,
            List.of(
                    new Clause<>(
                            "slots",
                            "names its slots in snake_case, always the same, and uses each",
                            OptimizerClauses::slots),
                    new Clause<>(
                            "range",
                            "moves weights and slots from … to, all of them and nothing else",
                            OptimizerClauses::range),
                    new Clause<>("inputs", "leaves the gradient as it is", OptimizerClauses::inputs),
                    new Clause<>("stateless", "remembers nothing outside its slots", OptimizerClauses::stateless),
                    new Clause<>("split", "gives the same bits in one range and in several", OptimizerClauses::split),
                    new Clause<>(
                            "resume",
                            "goes on from weights, slots and step number as if never stopped",
                            OptimizerClauses::resume),
                    new Clause<>(
                            "deterministic",
                            "gives the same bits every time, from every instance",
                            OptimizerClauses::deterministic),
                    new Clause<>(
                            "threads", "gives the same bits to several threads at once", OptimizerClauses::threads),
                    new Clause<>(
                            "zero_gradient",
                            "does not move by a gradient of zero, unless the weight decays",
                            OptimizerClauses::zeroGradient),
                    new Clause<>(
                            "finite",
                            "keeps weights finite under gradients of 0, ±1e-30, ±1e4 and ±1e10",
                            OptimizerClauses::finite),
                    new Clause<>(
                            "nan",
                            "turns a gradient of NaN into a weight of NaN and lets it spread no further",
                            OptimizerClauses::nan),
                    new Clause<>("direction", "steps against the gradient first", OptimizerClauses::direction),
                    new Clause<>(
                            "learning_rate",
                            "has a learning rate, and a first step in proportion to the scheduled one",
                            OptimizerClauses::learningRate),
                    new Clause<>(
                            "descent",
                            "lowers a quadratic of condition 100 and Rosenbrock's function",
                            OptimizerClauses::descent),
                    new Clause<>("reference", "takes the steps of its author's rule", OptimizerClauses::reference),
                    new Clause<>("no_garbage", "allocates nothing", OptimizerClauses::noGarbage)));

    private static final int SIZE = 96;

    /** What most clauses work on; cells on both sides are left for a rule that goes too far. */
    private static final int FROM = 8;

    private static final int TO = 88;
    private static final float RATE = 0.01f;

    /** Stands outside a range. A NaN would not do: what is added to it leaves its bits as they are. */
    private static final float OUTSIDE = 3;

    private OptimizerClauses() {}

    private record At(long number, float learningRate, boolean decays) implements Optimizer.Step {}

    /** Weights and slots that an optimizer moves, and the gradients that it is given. */
    private static final class Training {
        final float[] w;
        final float[][] slots;
        private final float[][] gradients;

        Training(Subject<Optimizer> subject, String purpose, Optimizer optimizer, int steps) {
            KeyedRandom random = subject.random(purpose);
            w = Floats.normal(SIZE, 1, random);
            slots = empty(optimizer, SIZE);
            gradients = new float[steps][];
            for (int i = 0; i < steps; i++) {
                gradients[i] = Floats.normal(SIZE, 1, random);
            }
        }

        float[] gradient(int number) {
            return gradients[number - 1].clone();
        }

        /** Takes a step, every second one with decay, in one range after the other. */
        Training step(Optimizer optimizer, int number, int... cuts) {
            float[] g = gradient(number);
            for (int i = 1; i < cuts.length; i++) {
                optimizer.update(w, g, slots, cuts[i - 1], cuts[i], at(number));
            }
            return this;
        }

        /** Takes all steps over one range. */
        Training run(Optimizer optimizer, int from, int to) {
            for (int number = 1; number <= gradients.length; number++) {
                step(optimizer, number, from, to);
            }
            return this;
        }

        void requireSame(Training expected, Optimizer optimizer, String sentence) {
            Floats.requireSame(w, expected.w, sentence + ", w");
            for (int s = 0; s < slots.length; s++) {
                Floats.requireSame(
                        slots[s],
                        expected.slots[s],
                        sentence + ", slot '" + optimizer.slots().get(s) + "'");
            }
        }
    }

    private static At at(int number) {
        return new At(number, RATE * (1 + number), number % 2 == 0);
    }

    private static float[][] empty(Optimizer optimizer, int size) {
        return new float[optimizer.slots().size()][size];
    }

    private static void slots(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        List<String> names = optimizer.slots();
        if (names == null) {
            throw new Violation("slots() gives nothing", "null", "a list");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name == null || !name.matches("[a-z][a-z0-9_]*")) {
                throw new Violation("a slot's name is not in snake_case", "'" + name + "'", "such as 'velocity'");
            }
            if (!seen.add(name)) {
                throw new Violation("two slots are called '" + name + "'", names, "different names");
            }
        }
        Training training = new Training(subject, "slots", optimizer, 3).run(optimizer, FROM, TO);
        requireNames(optimizer.slots(), names, "changes after a few steps");
        requireNames(subject.fresh().slots(), names, "of a second instance differs");
        for (int s = 0; s < names.size(); s++) {
            boolean used = false;
            for (float value : training.slots[s]) {
                used |= value != 0;
            }
            if (!used) {
                throw new Violation(
                        "slot '" + names.get(s) + "' is never used: after 3 steps it is still empty",
                        "zero everywhere",
                        "something remembered");
            }
        }
    }

    private static void requireNames(List<String> measured, List<String> expected, String what) {
        if (!expected.equals(measured)) {
            throw new Violation("slots() " + what, measured, expected);
        }
    }

    private static void range(Subject<Optimizer> subject) {
        Optimizer named = subject.fresh();
        for (int[] range : new int[][] {{16, 64}, {20, 21}, {FROM, TO}, {30, 30}, {37, 40}, {0, 1}, {0, SIZE}}) {
            Training whole = new Training(subject, "range", named, 1);
            Training part = new Training(subject, "range", named, 1);
            float[] g = part.gradient(1);
            for (int i = 0; i < SIZE; i++) {
                if (i < range[0] || i >= range[1]) {
                    part.w[i] = OUTSIDE;
                    g[i] = OUTSIDE;
                    for (float[] slot : part.slots) {
                        slot[i] = OUTSIDE;
                    }
                }
            }
            subject.fresh().update(part.w, g, part.slots, range[0], range[1], at(1));
            Floats.requireUntouched(part.w, OUTSIDE, range[0], range[1], "update", "w");
            for (int s = 0; s < part.slots.length; s++) {
                Floats.requireUntouched(part.slots[s], OUTSIDE, range[0], range[1], "update", "slots[" + s + "]");
            }
            whole.run(subject.fresh(), 0, SIZE);
            requireInside(part.w, whole.w, range, "w");
            for (int s = 0; s < part.slots.length; s++) {
                requireInside(part.slots[s], whole.slots[s], range, "slots[" + s + "]");
            }
        }
    }

    private static void requireInside(float[] part, float[] whole, int[] range, String array) {
        int at = Floats.difference(part, whole, range[0], range[1]);
        if (at >= 0) {
            throw new Violation(
                    "update over [" + range[0] + ", " + range[1] + ") does not give " + array + "[" + at
                            + "] as over all: it looks outside its range or does not cover it",
                    part[at],
                    whole[at]);
        }
    }

    private static void inputs(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        Training training = new Training(subject, "inputs", optimizer, 1);
        float[] g = training.gradient(1);
        optimizer.update(training.w, g, training.slots, FROM, TO, at(1));
        Floats.requireUnchanged(g, training.gradient(1), "update", "g");
    }

    private static void stateless(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        Training training = new Training(subject, "state", optimizer, 2).step(optimizer, 1, FROM, TO);
        Map<String, Object> before = StateProbe.look(optimizer);
        training.step(optimizer, 2, FROM, TO);
        StateProbe.requireUnchanged(optimizer, before, "update");
    }

    private static void split(Subject<Optimizer> subject) {
        Optimizer whole = subject.fresh();
        Optimizer parts = subject.fresh();
        Training expected = new Training(subject, "split", whole, 3);
        Training measured = new Training(subject, "split", whole, 3);
        for (int number = 1; number <= 3; number++) {
            expected.step(whole, number, FROM, TO);
            measured.step(parts, number, FROM, FROM + 1, 12, 19, 56, 57, TO);
            measured.requireSame(expected, whole, "update in several ranges differs from update in one");
        }
    }

    private static void resume(Subject<Optimizer> subject) {
        Optimizer first = subject.fresh();
        Training expected = new Training(subject, "resume", first, 6);
        Training measured = new Training(subject, "resume", first, 6);
        for (int number = 1; number <= 6; number++) {
            expected.step(first, number, FROM, TO);
            measured.step(subject.fresh(), number, FROM, TO);
            measured.requireSame(
                    expected,
                    first,
                    "step " + number + " of a fresh instance, given weights, slots and step number, differs");
        }
    }

    private static void deterministic(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        Training first = new Training(subject, "again", optimizer, 3).run(optimizer, FROM, TO);
        new Training(subject, "between", optimizer, 2).run(optimizer, FROM, TO);
        Training second = new Training(subject, "again", optimizer, 3).run(optimizer, FROM, TO);
        second.requireSame(first, optimizer, "the same steps taken again differ");
        Training other = new Training(subject, "again", optimizer, 3).run(subject.fresh(), FROM, TO);
        other.requireSame(first, optimizer, "the same steps of a second instance differ");
    }

    private static void threads(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        Concurrently.require(thread -> {
            Training expected = new Training(subject, "thread " + thread, optimizer, 8).run(optimizer, FROM, TO);
            return () -> new Training(subject, "thread " + thread, optimizer, 8)
                    .run(optimizer, FROM, TO)
                    .requireSame(expected, optimizer, "update differs while other threads call it");
        });
    }

    private static void zeroGradient(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        Training training = new Training(subject, "zero", optimizer, 0);
        float[] before = training.w.clone();
        for (int number = 1; number <= 3; number++) {
            optimizer.update(training.w, new float[SIZE], training.slots, FROM, TO, new At(number, RATE, false));
            for (int i = FROM; i < TO; i++) {
                if (training.w[i] != before[i]) {
                    throw new Violation(
                            Float.isNaN(training.w[i])
                                    ? "a gradient of zero turns w[" + i + "] into NaN, as 0/0 does"
                                    : "a gradient of zero moves w[" + i + "], though step.decays() is false",
                            training.w[i],
                            before[i]);
                }
            }
        }
    }

    private static void finite(Subject<Optimizer> subject) {
        float[] sizes = {0, 1e-30f, -1e-30f, 1e4f, -1e4f, 1e10f, -1e10f, 1};
        // Each size throughout, then all of them in turn.
        for (int constant = 0; constant <= 1; constant++) {
            Optimizer optimizer = subject.fresh();
            Training training = new Training(subject, "finite", optimizer, 0);
            for (int number = 1; number <= 2 * sizes.length; number++) {
                float[] g = new float[SIZE];
                for (int i = FROM; i < TO; i++) {
                    g[i] = sizes[(i + constant * number) % sizes.length];
                }
                optimizer.update(training.w, g, training.slots, FROM, TO, new At(number, RATE, number % 2 == 0));
                for (int i = FROM; i < TO; i++) {
                    if (!Float.isFinite(training.w[i])) {
                        throw new Violation(
                                "step " + number + ", with a gradient of " + g[i] + ", makes w[" + i + "] no number",
                                training.w[i],
                                "a finite weight");
                    }
                }
            }
        }
    }

    private static void nan(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        Training clean = new Training(subject, "nan", optimizer, 1).run(optimizer, FROM, TO);
        Training training = new Training(subject, "nan", optimizer, 1);
        int at = 37;
        float[] g = training.gradient(1);
        g[at] = Float.NaN;
        optimizer.update(training.w, g, training.slots, FROM, TO, at(1));
        if (!Float.isNaN(training.w[at])) {
            throw new Violation("update takes a gradient of NaN for an ordinary one", training.w[at], "NaN");
        }
        training.w[at] = clean.w[at];
        Floats.requireSame(training.w, clean.w, "update lets a NaN at g[" + at + "] spread, to w");
    }

    /** Returns what one step from weights and slots of zero adds. */
    private static float[] firstStep(Optimizer optimizer, float[] g, float rate) {
        float[] w = new float[SIZE];
        optimizer.update(w, g, empty(optimizer, SIZE), FROM, TO, new At(1, rate, false));
        return w;
    }

    /** Returns normal gradients, none of them next to zero. */
    private static float[] gradients(KeyedRandom random) {
        float[] g = Floats.normal(SIZE, 1, random);
        for (int i = 0; i < SIZE; i++) {
            g[i] += Math.copySign(0.01f, g[i]);
        }
        return g;
    }

    private static void direction(Subject<Optimizer> subject) {
        float[] g = gradients(subject.random("direction"));
        float[] step = firstStep(subject.fresh(), g, RATE);
        for (int i = FROM; i < TO; i++) {
            if (!(step[i] * Math.signum(g[i]) < 0)) {
                throw new Violation(
                        "the first step does not go against the gradient, which is " + g[i] + " at [" + i + "]",
                        step[i],
                        g[i] > 0 ? "less than 0" : "more than 0");
            }
        }
    }

    private static void learningRate(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        if (!(optimizer.learningRate() > 0 && optimizer.learningRate() < Float.POSITIVE_INFINITY)) {
            throw new Violation("learningRate() is no step size", optimizer.learningRate(), "positive and finite");
        }
        float[] g = gradients(subject.random("rate"));
        float[] step = firstStep(optimizer, g, RATE);
        for (float factor : new float[] {2, 0.25f}) {
            float[] scaled = firstStep(optimizer, g, RATE * factor);
            for (int i = FROM; i < TO; i++) {
                double ratio = (double) scaled[i] / step[i];
                if (!(Math.abs(ratio - factor) <= 1e-4 * factor)) {
                    throw new Violation(
                            "with " + factor + " times the learning rate the first step is not " + factor
                                    + " times as long",
                            (float) ratio + " times",
                            factor + " times");
                }
            }
        }
    }

    private static final int DESCENT_STEPS = 1000;
    private static final double DESCENT = 20;

    private static void descent(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        for (TestFunction function : TestFunction.values()) {
            double start = function.value(function.start());
            double least = start;
            for (int power = -4; power <= 3 && least > start / DESCENT; power++) {
                float rate = (float) (optimizer.learningRate() * Math.pow(10, power / 2.0));
                least = Math.min(least, least(optimizer, function, rate, start / DESCENT));
            }
            if (least > start / DESCENT) {
                throw new Violation(
                        "does not lower " + function.title + " from " + (float) start + " in " + DESCENT_STEPS
                                + " steps at any of eight learning rates",
                        (float) least,
                        "at most " + (float) (start / DESCENT));
            }
        }
    }

    /** Returns the value that a training ends with, which it does early when it is low enough. */
    private static double least(Optimizer optimizer, TestFunction function, float rate, double enough) {
        double[] at = function.start();
        float[] w = floats(at);
        float[][] slots = empty(optimizer, w.length);
        double value = Double.POSITIVE_INFINITY;
        for (int number = 1; number <= DESCENT_STEPS && !(value <= enough); number++) {
            optimizer.update(w, function.clipped(at), slots, 0, w.length, new At(number, rate, false));
            for (int i = 0; i < w.length; i++) {
                at[i] = w[i];
            }
            value = function.value(at);
        }
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static final int REFERENCE_STEPS = 50;

    /** Relative to the way that a weight has come. */
    private static final double REFERENCE_ERROR = 2e-5;

    private static void reference(Subject<Optimizer> subject) {
        OptimizerReference reference = subject.reference(OptimizerReference.class)
                .orElseThrow(() -> new NotApplicable("its author states no rule in double precision"));
        Optimizer optimizer = subject.fresh();
        for (TestFunction function : TestFunction.values()) {
            for (boolean decays : new boolean[] {true, false}) {
                follow(subject, optimizer, reference, function, decays);
            }
        }
    }

    /** Both are given the gradients at the reference's weights, so that no error of one feeds on itself. */
    private static void follow(
            Subject<Optimizer> subject,
            Optimizer optimizer,
            OptimizerReference reference,
            TestFunction function,
            boolean decays) {
        KeyedRandom random = subject.random("reference " + function + decays);
        double[] expected = function.start();
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) (expected[i] + 0.1 * random.nextGaussian());
        }
        float[] w = floats(expected);
        float[][] slots = empty(optimizer, w.length);
        double[][] remembered = new double[w.length][slots.length];
        double[] allowed = new double[w.length];
        for (int number = 1; number <= REFERENCE_STEPS; number++) {
            At step = new At(number, optimizer.learningRate() * (1 + number % 5), decays);
            float[] g = function.clipped(expected);
            optimizer.update(w, g, slots, 0, w.length, step);
            for (int i = 0; i < w.length; i++) {
                double before = expected[i];
                double doubt = doubt(reference, before, g[i], remembered[i], step);
                expected[i] = reference.update(before, g[i], remembered[i], step);
                allowed[i] += REFERENCE_ERROR * Math.abs(expected[i] - before)
                        + 1e-7 * Math.max(Math.abs(before), Math.abs(expected[i]))
                        + doubt;
                if (!(Math.abs(w[i] - expected[i]) <= allowed[i])) {
                    throw new Violation(
                            "step " + number + " on " + function.title + (decays ? ", with decay," : "") + " takes w["
                                    + i + "] elsewhere than its author's rule",
                            w[i],
                            (float) expected[i]);
                }
            }
        }
    }

    /** Returns how far the rule's step changes by the rounding of what it starts from: much where it takes a sign. */
    private static double doubt(OptimizerReference reference, double w, double g, double[] slots, At step) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double size = Math.abs(g);
        for (double value : slots) {
            size = Math.max(size, Math.abs(value));
        }
        for (int side = -1; side <= 1; side++) {
            double after = reference.update(w, g + side * 1e-6 * size, slots.clone(), step);
            low = Math.min(low, after);
            high = Math.max(high, after);
        }
        return high - low;
    }

    private static void noGarbage(Subject<Optimizer> subject) {
        Optimizer optimizer = subject.fresh();
        Training training = new Training(subject, "garbage", optimizer, 1);
        float[] g = training.gradient(1);
        At step = at(2);
        Allocation.requireNone("update", () -> {
            Arrays.fill(training.w, 1);
            optimizer.update(training.w, g, training.slots, FROM, TO, step);
        });
    }
}

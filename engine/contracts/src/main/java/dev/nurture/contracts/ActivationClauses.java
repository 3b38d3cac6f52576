package dev.nurture.contracts;

import dev.nurture.spi.Activation;
import dev.nurture.spi.KeyedRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What every activation promises. */
final class ActivationClauses {
    static final Contract<Activation> CONTRACT = new Contract<>(
            Activation.class,
            List.of(
                    new Clause<>(
                            "range",
                            "writes its output from … to, all of it and nothing else",
                            ActivationClauses::range),
                    new Clause<>("inputs", "leaves its inputs as they are", ActivationClauses::inputs),
                    new Clause<>("stateless", "remembers nothing from call to call", ActivationClauses::stateless),
                    new Clause<>("split", "gives the same bits in one range and in several", ActivationClauses::split),
                    new Clause<>(
                            "in_place", "gives the same bits when y is x and dx is dy", ActivationClauses::inPlace),
                    new Clause<>(
                            "deterministic",
                            "gives the same bits at every call, from every instance",
                            ActivationClauses::deterministic),
                    new Clause<>(
                            "threads", "gives the same bits to several threads at once", ActivationClauses::threads),
                    new Clause<>("nan", "turns NaN into NaN and lets it spread no further", ActivationClauses::nan),
                    new Clause<>(
                            "infinity", "does not turn infinity into an ordinary value", ActivationClauses::infinity),
                    new Clause<>(
                            "extremes",
                            "is a number, with a slope that is a number, at ±0, ±1e-30, ±88 and ±1e4",
                            ActivationClauses::extremes),
                    new Clause<>(
                            "gradient",
                            "has the slope that differences of its values show, kinks apart",
                            ActivationClauses::gradient),
                    new Clause<>("formula", "has the values of its author's formula", ActivationClauses::formula),
                    new Clause<>("identity", "says that it is the identity if it is", ActivationClauses::identity),
                    new Clause<>("no_garbage", "allocates nothing", ActivationClauses::noGarbage)));

    private static final int SIZE = 96;

    /** Wide enough that the rounding of a fast approximation, some 1e-6, does not drown the slope. */
    private static final float STEP = 0x1p-5f;

    /** A slope this small moves no weight. */
    private static final double NEGLIGIBLE = 1e-5;

    private ActivationClauses() {}

    /** An activation's input, output and gradients on a few values. */
    private static final class Values {
        final float[] x;
        final float[] y;
        final float[] dy;
        final float[] dx;

        Values(Subject<Activation> subject, String purpose, int size) {
            KeyedRandom random = subject.random(purpose);
            x = Floats.normal(size, 2, random);
            dy = Floats.normal(size, 1, random);
            y = Floats.poisoned(size);
            dx = Floats.poisoned(size);
        }

        /** Runs forward on all values and backward after it. */
        Values run(Activation activation) {
            activation.forward(x, y, 0, x.length);
            activation.backward(x, y, dy, dx, 0, x.length);
            return this;
        }
    }

    private static void range(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        for (int[] range : new int[][] {{16, 64}, {0, 1}, {SIZE - 1, SIZE}, {5, 5}, {7, 10}, {0, SIZE}}) {
            int from = range[0];
            int to = range[1];
            Values values = new Values(subject, "range", SIZE);
            activation.forward(values.x, values.y, from, to);
            Floats.requireOnly(values.y, from, to, "forward", "y");
            activation.backward(values.x, values.y, values.dy, values.dx, from, to);
            Floats.requireOnly(values.dx, from, to, "backward", "dx");
        }
        Values whole = new Values(subject, "range", SIZE).run(activation);
        for (int[] range : new int[][] {{16, 64}, {0, 1}, {SIZE - 1, SIZE}, {7, 10}}) {
            requireBlind(activation, new Values(subject, "range", SIZE), whole, range[0], range[1]);
        }
    }

    /** Requires that what lies outside a range does not matter to it. */
    private static void requireBlind(Activation activation, Values values, Values whole, int from, int to) {
        for (int i = 0; i < SIZE; i++) {
            if (i < from || i >= to) {
                values.x[i] = Float.NaN;
                values.dy[i] = Float.NaN;
            }
        }
        activation.forward(values.x, values.y, from, to);
        int at = Floats.difference(values.y, whole.y, from, to);
        if (at >= 0) {
            throw new Violation(
                    "forward over [" + from + ", " + to + ") looks at x outside it, for y[" + at + "]",
                    values.y[at],
                    whole.y[at]);
        }
        float[] y = whole.y.clone();
        activation.backward(values.x, y, values.dy, values.dx, from, to);
        at = Floats.difference(values.dx, whole.dx, from, to);
        if (at >= 0) {
            throw new Violation(
                    "backward over [" + from + ", " + to + ") looks outside it, for dx[" + at + "]",
                    values.dx[at],
                    whole.dx[at]);
        }
    }

    private static void inputs(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        Values values = new Values(subject, "inputs", SIZE);
        float[] x = values.x.clone();
        float[] dy = values.dy.clone();
        activation.forward(values.x, values.y, 0, SIZE);
        Floats.requireUnchanged(values.x, x, "forward", "x");
        float[] y = values.y.clone();
        activation.backward(values.x, values.y, values.dy, values.dx, 0, SIZE);
        Floats.requireUnchanged(values.x, x, "backward", "x");
        Floats.requireUnchanged(values.y, y, "backward", "y");
        Floats.requireUnchanged(values.dy, dy, "backward", "dy");
    }

    private static void stateless(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        new Values(subject, "warm", SIZE).run(activation);
        Map<String, Object> before = StateProbe.look(activation);
        new Values(subject, "state", SIZE).run(activation);
        StateProbe.requireUnchanged(activation, before, "forward and backward");
    }

    private static void split(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        Values whole = new Values(subject, "split", SIZE).run(activation);
        Values parts = new Values(subject, "split", SIZE);
        int[] cuts = {0, 1, 4, 11, 48, 49, SIZE};
        for (int i = 1; i < cuts.length; i++) {
            activation.forward(parts.x, parts.y, cuts[i - 1], cuts[i]);
        }
        for (int i = 1; i < cuts.length; i++) {
            activation.backward(parts.x, parts.y, parts.dy, parts.dx, cuts[i - 1], cuts[i]);
        }
        Floats.requireSame(parts.y, whole.y, "forward in several ranges differs from forward in one, y");
        Floats.requireSame(parts.dx, whole.dx, "backward in several ranges differs from backward in one, dx");
    }

    private static void inPlace(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        Values apart = new Values(subject, "place", SIZE).run(activation);
        float[] both = apart.x.clone();
        activation.forward(both, both, 0, SIZE);
        Floats.requireSame(both, apart.y, "forward differs when y is x, y");
        float[] gradient = apart.dy.clone();
        activation.backward(apart.x, apart.y, gradient, gradient, 0, SIZE);
        Floats.requireSame(gradient, apart.dx, "backward differs when dx is dy, dx");
    }

    private static void deterministic(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        Values first = new Values(subject, "again", SIZE).run(activation);
        new Values(subject, "between", SIZE).run(activation);
        Values second = new Values(subject, "again", SIZE).run(activation);
        Floats.requireSame(second.y, first.y, "forward differs when called again with the same values, y");
        Floats.requireSame(second.dx, first.dx, "backward differs when called again with the same values, dx");
        Values other = new Values(subject, "again", SIZE).run(subject.fresh());
        Floats.requireSame(other.y, first.y, "forward of a second instance differs, y");
        Floats.requireSame(other.dx, first.dx, "backward of a second instance differs, dx");
    }

    private static void threads(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        Concurrently.require(thread -> {
            Values values = new Values(subject, "thread " + thread, 512);
            float[] y = values.run(activation).y.clone();
            float[] dx = values.dx.clone();
            return () -> {
                Arrays.fill(values.y, Floats.POISON);
                Arrays.fill(values.dx, Floats.POISON);
                values.run(activation);
                Floats.requireSame(values.y, y, "forward differs while other threads call it, y");
                Floats.requireSame(values.dx, dx, "backward differs while other threads call it, dx");
            };
        });
    }

    private static void nan(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        Values clean = new Values(subject, "nan", SIZE).run(activation);
        Values values = new Values(subject, "nan", SIZE);
        int at = 37;
        values.x[at] = Float.NaN;
        activation.forward(values.x, values.y, 0, SIZE);
        if (!Float.isNaN(values.y[at])) {
            throw new Violation("forward turns NaN into a number", values.y[at], "NaN");
        }
        values.y[at] = clean.y[at];
        Floats.requireSame(values.y, clean.y, "forward lets a NaN at x[" + at + "] spread, to y");
        values.x[at] = clean.x[at];
        values.dy[at] = Float.NaN;
        activation.backward(values.x, values.y, values.dy, values.dx, 0, SIZE);
        values.dx[at] = clean.dx[at];
        Floats.requireSame(values.dx, clean.dx, "backward lets a NaN at dy[" + at + "] spread, to dx");
    }

    private static void infinity(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        float[] x = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, -1e30f, 0.5f};
        float[] y = Floats.poisoned(x.length);
        activation.forward(x, y, 0, x.length);
        for (int i = 0; i < 2; i++) {
            float limit = y[i + 2];
            boolean honest = !Float.isFinite(y[i]) || Math.abs(y[i] - limit) <= 1e-3 * Math.max(1, Math.abs(limit));
            if (!honest) {
                throw new Violation(
                        "forward turns " + x[i] + " into an ordinary value",
                        y[i],
                        "infinite, NaN, or the limit " + limit);
            }
        }
    }

    private static void extremes(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        float[] x = {0f, -0f, 1e-30f, -1e-30f, 88f, -88f, 1e4f, -1e4f};
        float[] y = Floats.poisoned(x.length);
        float[] ones = new float[x.length];
        Arrays.fill(ones, 1);
        float[] dx = Floats.poisoned(x.length);
        activation.forward(x, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            if (Float.isNaN(y[i])) {
                throw new Violation("forward at " + x[i] + " is no number", y[i], "a number");
            }
        }
        for (int i = 1; i < 4; i++) {
            if (Math.abs(y[i] - y[0]) > 1e-6 * Math.max(1, Math.abs(y[0]))) {
                throw new Violation("forward jumps between 0 and " + x[i], y[i], y[0]);
            }
        }
        activation.backward(x, y, ones, dx, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            if (!Float.isFinite(dx[i]) && Float.isFinite(y[i])) {
                throw new Violation("backward at " + x[i] + " is not finite", dx[i], "a finite slope");
            }
        }
    }

    /**
     * Compares the slope with centred differences, improved by L. Richardson's extrapolation: {@code (4·D(h/2) − D(h)) / 3}.
     * A point is passed over where its differences show a kink, but not too many may be.
     */
    private static void gradient(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        float[] x = points(subject.random("gradient"));
        int n = x.length;
        float[] dy = Floats.normal(n, 1, subject.random("gradient dy"));
        for (int i = 0; i < n; i++) {
            dy[i] += Math.copySign(0.5f, dy[i]);
        }
        float[] y = Floats.poisoned(n);
        float[] dx = Floats.poisoned(n);
        activation.forward(x, y, 0, n);
        activation.backward(x, y, dy, dx, 0, n);
        Differences wide = new Differences(activation, x, y, STEP);
        Differences narrow = new Differences(activation, x, y, STEP / 2);
        int kinks = 0;
        for (int i = 0; i < n; i++) {
            double slope = dx[i] / (double) dy[i];
            // A value near zero may be the rounded difference of two as large as x.
            double noise = (4e-6 * wide.magnitude(i) + 2e-7 * Math.abs(x[i])) / STEP + NEGLIGIBLE;
            if (wide.kinkAt(i, narrow, noise)) {
                kinks++;
                narrow.requireBetween(i, slope, noise);
                continue;
            }
            double numeric = (4 * narrow.centred(i) - wide.centred(i)) / 3;
            // The two estimates differ by about their error; more where the curvature jumps, as in ELU.
            double error = Math.abs(narrow.centred(i) - wide.centred(i));
            double allowed = 1e-3 * Math.max(Math.abs(numeric), Math.abs(slope)) + error + noise;
            if (!(Math.abs(slope - numeric) <= allowed)) {
                throw new Violation(
                        "backward at x = " + x[i] + " is not the slope of forward", (float) slope, (float) numeric);
            }
        }
        if (kinks > n / 4) {
            throw new Violation("forward has kinks nearly everywhere", kinks + " of " + n + " points", "a few");
        }
    }

    private static float[] points(KeyedRandom random) {
        float[] x = Floats.normal(600, 2, random);
        for (int i = 0; i < 200; i++) {
            x[i] = (i - 100) / 12.5f;
        }
        for (int i = 200; i < 240; i++) {
            x[i] *= 10;
        }
        return x;
    }

    /** Differences of an activation's values about some points. */
    private static final class Differences {
        private final float[] x;
        private final float[] y;
        private final float[] right;
        private final float[] left;
        private final float[] above;
        private final float[] below;

        Differences(Activation activation, float[] x, float[] y, float step) {
            int n = x.length;
            this.x = x;
            this.y = y;
            right = new float[n];
            left = new float[n];
            above = Floats.poisoned(n);
            below = Floats.poisoned(n);
            for (int i = 0; i < n; i++) {
                right[i] = x[i] + step;
                left[i] = x[i] - step;
            }
            activation.forward(right, above, 0, n);
            activation.forward(left, below, 0, n);
        }

        double centred(int i) {
            return ((double) above[i] - below[i]) / ((double) right[i] - left[i]);
        }

        private double forward(int i) {
            return ((double) above[i] - y[i]) / ((double) right[i] - x[i]);
        }

        private double backward(int i) {
            return ((double) y[i] - below[i]) / ((double) x[i] - left[i]);
        }

        double magnitude(int i) {
            return Math.max(Math.abs(y[i]), Math.max(Math.abs(above[i]), Math.abs(below[i])));
        }

        /**
         * Tells whether the slope jumps near a point. Of a smooth function, the difference of the one-sided slopes halves with
         * the step, and centred differences of the two steps agree but for the step's square.
         */
        boolean kinkAt(int i, Differences half, double noise) {
            double jump = Math.abs(forward(i) - backward(i));
            double halfJump = Math.abs(half.forward(i) - half.backward(i));
            double scale = Math.max(Math.abs(centred(i)), Math.abs(half.centred(i))) + jump;
            boolean atPoint = halfJump > 0.75 * jump && halfJump > 0.01 * scale + 4 * noise;
            boolean beside = Math.abs(centred(i) - half.centred(i)) > 0.01 * scale + 4 * noise;
            return atPoint || beside;
        }

        void requireBetween(int i, double slope, double noise) {
            double low = Math.min(forward(i), backward(i));
            double high = Math.max(forward(i), backward(i));
            double slack = 0.02 * Math.max(Math.abs(low), Math.abs(high)) + 4 * noise + 0.25 * (high - low);
            if (!(slope >= low - slack && slope <= high + slack)) {
                throw new Violation(
                        "backward near the kink at x = " + x[i] + " is neither side's slope",
                        (float) slope,
                        (float) low + " to " + (float) high);
            }
        }
    }

    private static void formula(Subject<Activation> subject) {
        var formula = subject.reference(ActivationFormula.class)
                .orElseThrow(() -> new NotApplicable("its author states no formula"));
        Activation activation = subject.fresh();
        float[] x = points(subject.random("formula"));
        float[] y = Floats.poisoned(x.length);
        activation.forward(x, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double expected = formula.value(x[i]);
            if (!(Math.abs(y[i] - expected) <= 2e-6 * Math.max(1, Math.abs(expected)))) {
                throw new Violation("forward at x = " + x[i] + " is not the formula's", y[i], (float) expected);
            }
        }
    }

    private static void identity(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        Values values = new Values(subject, "identity", SIZE).run(activation);
        boolean copies = Arrays.equals(values.y, values.x) && Arrays.equals(values.dx, values.dy);
        if (activation.identity() && !copies) {
            throw new Violation("identity() says that it is left out, but it changes values", "true", "false");
        }
    }

    private static void noGarbage(Subject<Activation> subject) {
        Activation activation = subject.fresh();
        Values values = new Values(subject, "garbage", 64);
        Allocation.requireNone("forward", () -> activation.forward(values.x, values.y, 0, 64));
        Allocation.requireNone("backward", () -> activation.backward(values.x, values.y, values.dy, values.dx, 0, 64));
    }
}

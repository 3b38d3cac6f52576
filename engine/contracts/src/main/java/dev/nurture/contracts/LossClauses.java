package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What every loss promises. */
final class LossClauses {
    static final Contract<Loss> CONTRACT = new Contract<>(
            Loss.class,
            List.of(
                    new Clause<>(
                            "accepts",
                            "works with the targets that it says it works with, and refuses others",
                            LossClauses::accepts),
                    new Clause<>("inputs", "leaves outputs and targets as they are", LossClauses::inputs),
                    new Clause<>(
                            "range", "writes a gradient for each output of the batch, no more", LossClauses::range),
                    new Clause<>("stateless", "remembers nothing from call to call", LossClauses::stateless),
                    new Clause<>(
                            "deterministic",
                            "gives the same bits at every call, from every instance",
                            LossClauses::deterministic),
                    new Clause<>(
                            "no_gradient", "gives the same loss when no gradient is wanted", LossClauses::noGradient),
                    new Clause<>(
                            "rows", "gives a row's outputs a gradient that depends on no other row", LossClauses::rows),
                    new Clause<>("mean", "is a mean over the rows, and so is its gradient", LossClauses::mean),
                    new Clause<>(
                            "sign",
                            "is less for a better output, and its gradient points away from it",
                            LossClauses::sign),
                    new Clause<>(
                            "gradient",
                            "has the gradient that differences of its values show, kinks apart",
                            LossClauses::gradient),
                    new Clause<>("initial", "has the loss that it states for outputs of zero", LossClauses::initial),
                    new Clause<>("nan", "is NaN if an output is", LossClauses::nan),
                    new Clause<>(
                            "extremes",
                            "is finite, with a finite gradient, for outputs of ±88 and ±1e4",
                            LossClauses::extremes),
                    new Clause<>(
                            "predict",
                            "turns the outputs of each row into probabilities or leaves them, the greatest first",
                            LossClauses::predict),
                    new Clause<>("formula", "has the values of its author's formula", LossClauses::formula),
                    new Clause<>("no_garbage", "allocates nothing", LossClauses::noGarbage)));

    private static final int BATCH = 5;
    private static final int WIDTH = 4;
    private static final int SIZE = BATCH * WIDTH;
    private static final float STEP = 0x1p-6f;

    private LossClauses() {}

    /** Outputs of a network with their targets, classes or values. */
    private static final class Rows {
        final float[] output;
        final float[] gradient;
        final Targets targets;
        private final String form;

        Rows(Subject<Loss> subject, String purpose, boolean values) {
            KeyedRandom random = subject.random(purpose);
            output = Floats.normal(SIZE, 1.5, random);
            gradient = Floats.poisoned(SIZE);
            int[] labels = new int[BATCH];
            for (int row = 0; row < BATCH; row++) {
                labels[row] = random.nextInt(WIDTH);
            }
            targets = values ? Targets.values(Floats.normal(SIZE, 1, random)) : Targets.classes(labels);
            form = values ? "values" : "classes";
        }

        double evaluate(Loss loss) {
            return loss.evaluate(output, targets, gradient, BATCH, WIDTH);
        }

        double value(Loss loss) {
            return loss.evaluate(output, targets, null, BATCH, WIDTH);
        }

        /** Returns what an output should be: 1 on the label and 0 elsewhere, or the value. */
        double target(int i) {
            return targets.values() != null ? targets.values()[i] : targets.labels()[i / WIDTH] == i % WIDTH ? 1 : 0;
        }
    }

    /** Tells with which forms of target the other clauses examine a loss: a loss of values need not take classes. */
    private static boolean[] forms(Loss loss) {
        if (!loss.regression()) {
            return new boolean[] {false};
        }
        return takes(loss, Targets.classes(new int[] {0})) ? new boolean[] {true, false} : new boolean[] {true};
    }

    private static boolean takes(Loss loss, Targets targets) {
        try {
            loss.evaluate(new float[WIDTH], targets, new float[WIDTH], 1, WIDTH);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void accepts(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        boolean regression = loss.regression();
        boolean values = takes(loss, Targets.values(new float[WIDTH]));
        if (values != regression) {
            throw new Violation(
                    "regression() is " + regression + ", but values as targets are " + (values ? "taken" : "refused"),
                    values ? "taken" : "refused",
                    regression ? "taken" : "refused with an IllegalArgumentException");
        }
        if (!regression && !takes(loss, Targets.classes(new int[] {0}))) {
            throw new Violation("neither classes nor values are taken as targets", "refused", "one of them taken");
        }
    }

    private static void inputs(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            Rows rows = new Rows(subject, "inputs", values);
            Rows before = new Rows(subject, "inputs", values);
            rows.evaluate(loss);
            Floats.requireUnchanged(rows.output, before.output, "evaluate", "output");
            if (values) {
                Floats.requireUnchanged(rows.targets.values(), before.targets.values(), "evaluate", "targets.values");
            } else if (!Arrays.equals(rows.targets.labels(), before.targets.labels())) {
                throw new Violation(
                        "evaluate changes its input targets.labels",
                        Arrays.toString(rows.targets.labels()),
                        Arrays.toString(before.targets.labels()));
            }
        }
    }

    private static void range(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            for (int batch : new int[] {BATCH - 2, 1, BATCH}) {
                Rows rows = new Rows(subject, "range", values);
                loss.evaluate(rows.output, rows.targets, rows.gradient, batch, WIDTH);
                Floats.requireOnly(rows.gradient, 0, batch * WIDTH, "evaluate", "gradient");
            }
        }
    }

    private static void stateless(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            new Rows(subject, "warm", values).evaluate(loss);
            Map<String, Object> before = StateProbe.look(loss);
            Rows rows = new Rows(subject, "state", values);
            rows.evaluate(loss);
            loss.predict(rows.output, BATCH, WIDTH);
            StateProbe.requireUnchanged(loss, before, "evaluate and predict");
        }
    }

    private static void deterministic(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            Rows first = new Rows(subject, "again", values);
            double expected = first.evaluate(loss);
            new Rows(subject, "between", values).evaluate(loss);
            for (Loss other : List.of(loss, subject.fresh())) {
                Rows again = new Rows(subject, "again", values);
                String whose = other == loss ? " when called again" : " of a second instance";
                requireSame(again.evaluate(other), expected, "the loss" + whose + " differs");
                Floats.requireSame(again.gradient, first.gradient, "the gradient" + whose + " differs,");
            }
        }
    }

    private static void requireSame(double measured, double expected, String sentence) {
        if (Double.doubleToLongBits(measured) != Double.doubleToLongBits(expected)) {
            throw new Violation(sentence, measured, expected);
        }
    }

    private static void noGradient(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            Rows rows = new Rows(subject, "gradient", values);
            requireSame(
                    rows.value(loss), rows.evaluate(loss), "the loss without a gradient differs from that with one");
        }
    }

    private static void rows(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            Rows rows = new Rows(subject, "rows", values);
            rows.evaluate(loss);
            for (int row = 0; row < BATCH; row++) {
                Rows others = new Rows(subject, "other rows", values);
                int from = row * WIDTH;
                int to = from + WIDTH;
                System.arraycopy(rows.output, from, others.output, from, WIDTH);
                if (values) {
                    System.arraycopy(rows.targets.values(), from, others.targets.values(), from, WIDTH);
                } else {
                    others.targets.labels()[row] = rows.targets.labels()[row];
                }
                others.evaluate(loss);
                int at = Floats.difference(others.gradient, rows.gradient, from, to);
                if (at >= 0) {
                    throw new Violation(
                            "the gradient of row " + row + " changes with other rows, at gradient[" + at + "]",
                            others.gradient[at],
                            rows.gradient[at]);
                }
            }
        }
    }

    private static void mean(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            Rows rows = new Rows(subject, "mean", values);
            double once = rows.evaluate(loss);
            Targets both = values
                    ? Targets.values(twice(rows.targets.values()))
                    : Targets.classes(twice(rows.targets.labels()));
            float[] gradient = Floats.poisoned(2 * SIZE);
            double doubled = loss.evaluate(twice(rows.output), both, gradient, 2 * BATCH, WIDTH);
            if (!(Math.abs(doubled - once) <= 1e-5 * Math.abs(once))) {
                throw new Violation("the loss of a batch changes when every row is there twice", doubled, once);
            }
            for (int i = 0; i < 2 * SIZE; i++) {
                float half = rows.gradient[i % SIZE] / 2;
                if (!(Math.abs(gradient[i] - half) <= 1e-5 * Math.abs(half) + 1e-9)) {
                    throw new Violation(
                            "the gradient does not halve when every row is there twice, at gradient[" + i + "]",
                            gradient[i],
                            half);
                }
            }
        }
    }

    private static float[] twice(float[] values) {
        float[] twice = Arrays.copyOf(values, 2 * values.length);
        System.arraycopy(values, 0, twice, values.length, values.length);
        return twice;
    }

    private static int[] twice(int[] values) {
        int[] twice = Arrays.copyOf(values, 2 * values.length);
        System.arraycopy(values, 0, twice, values.length, values.length);
        return twice;
    }

    /** From outputs of zero, moves each row's towards its target, one row after the other. */
    private static void sign(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            Rows rows = new Rows(subject, "sign", values);
            Arrays.fill(rows.output, 0);
            for (int i = 0; values && i < SIZE; i++) {
                // Well away from zero, where a loss may be flat.
                rows.targets.values()[i] += Math.copySign(1, rows.targets.values()[i]);
            }
            double before = rows.evaluate(loss);
            String better = values ? "the target" : "the right class";
            for (int row = 0; row < BATCH; row++) {
                double slope = 0;
                for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
                    rows.output[i] = (float) (0.25 * rows.target(i));
                    slope += rows.gradient[i] * rows.target(i);
                }
                double after = rows.value(loss);
                if (!(after < before)) {
                    throw new Violation(
                            "the loss does not fall when the outputs of a row move towards " + better,
                            after,
                            "less than " + before);
                }
                if (!(slope < 0)) {
                    throw new Violation(
                            "the gradient at outputs of zero does not point away from " + better,
                            (float) slope,
                            "less than 0");
                }
                Arrays.fill(rows.output, 0);
            }
        }
    }

    private static void gradient(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            int kinks = 0;
            for (int draw = 0; draw < 4; draw++) {
                Rows rows = new Rows(subject, "difference " + draw, values);
                double at = rows.evaluate(loss);
                for (int i = 0; i < SIZE; i++) {
                    kinks += requireSlope(loss, rows, i, at) ? 0 : 1;
                }
            }
            if (kinks > SIZE) {
                throw new Violation("the loss has kinks nearly everywhere", kinks + " of " + 4 * SIZE, "a few");
            }
        }
    }

    /**
     * Compares a gradient with centred differences, improved by L. Richardson's extrapolation.
     *
     * @return false where there is a kink
     */
    private static boolean requireSlope(Loss loss, Rows rows, int i, double at) {
        double above = shifted(loss, rows, i, STEP);
        double below = shifted(loss, rows, i, -STEP);
        double halfAbove = shifted(loss, rows, i, STEP / 2);
        double halfBelow = shifted(loss, rows, i, -STEP / 2);
        double wide = (above - below) / (2 * STEP);
        double narrow = (halfAbove - halfBelow) / STEP;
        double noise = 0x1p-23 * Math.abs(at) / STEP;
        // Of a smooth function the jump between the one-sided slopes halves with the step.
        double jump = Math.abs(above - 2 * at + below) / STEP;
        double halfJump = Math.abs(halfAbove - 2 * at + halfBelow) / (STEP / 2);
        double scale = Math.max(Math.abs(wide), Math.abs(narrow)) + jump;
        if (halfJump > 0.75 * jump && halfJump > 0.01 * scale + 4 * noise
                || Math.abs(wide - narrow) > 0.01 * scale + 4 * noise) {
            return false;
        }
        double numeric = (4 * narrow - wide) / 3;
        double allowed = 1e-3 * Math.abs(numeric) + Math.abs(narrow - wide) + noise;
        if (!(Math.abs(rows.gradient[i] - numeric) <= allowed)) {
            throw new Violation(
                    "the gradient of " + rows.form + " is not the slope of the loss, at gradient[" + i + "]",
                    rows.gradient[i],
                    (float) numeric);
        }
        return true;
    }

    private static double shifted(Loss loss, Rows rows, int i, float shift) {
        float saved = rows.output[i];
        rows.output[i] = saved + shift;
        double value = rows.value(loss);
        rows.output[i] = saved;
        return value;
    }

    private static void initial(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (int width : new int[] {2, WIDTH, 10}) {
            double stated = loss.initial(width);
            if (Double.isNaN(stated)) {
                throw new NotApplicable("it states no loss for outputs of zero");
            }
            for (boolean values : forms(loss)) {
                float[] zero = new float[width];
                Targets targets = values ? Targets.values(new float[width]) : Targets.classes(new int[1]);
                double measured = loss.evaluate(zero, targets, null, 1, width);
                if (!(Math.abs(measured - stated) <= 1e-5 * Math.max(1, Math.abs(stated)))) {
                    throw new Violation("initial(" + width + ") is not the loss of outputs of zero", stated, measured);
                }
            }
        }
    }

    private static void nan(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            for (int i = 0; i < SIZE; i++) {
                Rows rows = new Rows(subject, "nan", values);
                rows.output[i] = Float.NaN;
                double measured = rows.evaluate(loss);
                if (!Double.isNaN(measured)) {
                    throw new Violation("the loss hides a NaN at output[" + i + "]", measured, "NaN");
                }
            }
        }
    }

    private static void extremes(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            for (float size : new float[] {88, 1e4f}) {
                Rows rows = new Rows(subject, "extremes", values);
                for (int i = 0; i < SIZE; i++) {
                    // Every class is the greatest, the least and in between in some row.
                    rows.output[i] = size * ((i + i / WIDTH) % 3 - 1);
                }
                double measured = rows.evaluate(loss);
                if (!Double.isFinite(measured)) {
                    throw new Violation("the loss of outputs of ±" + size + " is not finite", measured, "finite");
                }
                for (int i = 0; i < SIZE; i++) {
                    if (!Float.isFinite(rows.gradient[i])) {
                        throw new Violation(
                                "the gradient at an output of " + rows.output[i] + " is not finite",
                                rows.gradient[i],
                                "finite");
                    }
                }
            }
        }
    }

    private static void predict(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        Rows rows = new Rows(subject, "predict", false);
        float[] before = rows.output.clone();
        int some = (BATCH - 2) * WIDTH;
        loss.predict(rows.output, BATCH - 2, WIDTH);
        int at = Floats.difference(rows.output, before, some, SIZE);
        if (at >= 0) {
            throw new Violation(
                    "predict of " + (BATCH - 2) + " rows changes output[" + at + "], beyond them",
                    rows.output[at],
                    before[at]);
        }
        float[] alone = Arrays.copyOfRange(before, WIDTH, 2 * WIDTH);
        loss.predict(alone, 1, WIDTH);
        at = Floats.difference(alone, Arrays.copyOfRange(rows.output, WIDTH, 2 * WIDTH), 0, WIDTH);
        if (at >= 0) {
            throw new Violation(
                    "predict of row 1 changes with other rows, at output[" + (WIDTH + at) + "]",
                    rows.output[WIDTH + at],
                    alone[at]);
        }
        if (Floats.difference(rows.output, before, 0, some) < 0) {
            return;
        }
        for (int row = 0; row < BATCH - 2; row++) {
            requireProbabilities(loss, rows.output, before, row);
        }
    }

    private static void requireProbabilities(Loss loss, float[] predicted, float[] output, int row) {
        int greatest = row * WIDTH;
        int likeliest = greatest;
        double sum = 0;
        for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
            greatest = output[i] > output[greatest] ? i : greatest;
            likeliest = predicted[i] > predicted[likeliest] ? i : likeliest;
            sum += predicted[i];
            boolean probability = predicted[i] >= 0 && predicted[i] <= 1 + 1e-6;
            if (!loss.regression() && !probability) {
                throw new Violation("predict makes a probability of " + output[i], predicted[i], "0 to 1");
            }
        }
        if (greatest != likeliest) {
            throw new Violation(
                    "the greatest output of row " + row + " is not the greatest that predict shows",
                    "class " + likeliest % WIDTH,
                    "class " + greatest % WIDTH);
        }
        if (!loss.regression() && !(Math.abs(sum - 1) <= 1e-5)) {
            throw new Violation("the probabilities of row " + row + " do not add up to one", (float) sum, 1);
        }
    }

    private static void formula(Subject<Loss> subject) {
        LossReference reference = subject.reference(LossReference.class)
                .orElseThrow(() -> new NotApplicable("its author states no formula"));
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            for (int draw = 0; draw < 10; draw++) {
                Rows rows = new Rows(subject, "formula " + draw, values);
                double sum = 0;
                for (int row = 0; row < BATCH; row++) {
                    double[] output = new double[WIDTH];
                    double[] target = new double[WIDTH];
                    for (int j = 0; j < WIDTH; j++) {
                        output[j] = rows.output[row * WIDTH + j];
                        target[j] = rows.target(row * WIDTH + j);
                    }
                    sum += reference.of(output, target);
                }
                double expected = sum / BATCH;
                double measured = rows.value(loss);
                if (!(Math.abs(measured - expected) <= 2e-6 * Math.max(1, Math.abs(expected)))) {
                    throw new Violation("the loss of " + rows.form + " is not the formula's", measured, expected);
                }
            }
        }
    }

    private static void noGarbage(Subject<Loss> subject) {
        Loss loss = subject.fresh();
        for (boolean values : forms(loss)) {
            Rows rows = new Rows(subject, "garbage", values);
            Allocation.requireNone("evaluate", () -> rows.evaluate(loss));
        }
    }
}

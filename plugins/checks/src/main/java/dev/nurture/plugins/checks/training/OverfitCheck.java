package dev.nurture.plugins.checks.training;

import dev.nurture.plugins.checks.measure.Effort;
import dev.nurture.plugins.checks.measure.Hidden;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Param;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tries to learn a few rows by heart: a network that cannot do that will not learn many. The question is whether it can at
 * all, so rates around the chosen one are tried, too.
 */
final class OverfitCheck implements SanityCheck {
    private static final Param<Integer> EXAMPLES =
            Param.integer("examples").in("[2, 1000]").or(20).doc("rows that are to be learned by heart");

    static final Factory<SanityCheck> FACTORY = new Factory<>(
            SanityCheck.class,
            "overfit_subset",
            "Tries to learn a few rows by heart, to accuracy 1 and a loss near 0 (CS231n lecture 6, babysitting the"
                    + " learning process).",
            List.of(EXAMPLES),
            settings -> new OverfitCheck(settings.get(EXAMPLES)));

    /** The chosen rate first, which is right for most; the others tell a wrong rate from a network that cannot learn. */
    private static final double[] RATES = {1, 10, 0.1, 100, 0.01, 1e3, 1e-3, 1e4, 1e-4};

    /** Operations: some seconds on two cores, spent only when rate after rate fails. */
    private static final double BUDGET = 1.5e11;

    private static final int MOST_STEPS = 3_000;
    private static final int FEWEST_STEPS = 60;
    private static final int LOOK_EVERY = 10;

    /** Fewer steps than this do not show that a network cannot learn, unless it has not begun to. */
    private static final int ENOUGH_STEPS = 200;

    /** Of the first loss; who is below has begun to learn. */
    private static final double BEGUN = 0.8;

    /**
     * Lecture: accuracy 1 and a loss near 0. Smoothed labels leave up to .38 of chance, penalties a tenth; a second softmax
     * before the loss leaves .63.
     */
    private static final double NEAR_ZERO = 0.4;

    /** A regression has noise that few parameters cannot learn. */
    private static final double HALF = 0.5;

    private static final double NEARLY = 0.9;

    private final int examples;

    OverfitCheck(int examples) {
        this.examples = examples;
    }

    /** How far a rate came. */
    private record Fit(double accuracy, double loss) {
        boolean better(Fit other) {
            return other == null
                    || accuracy > other.accuracy
                    || (accuracy == other.accuracy || Double.isNaN(accuracy)) && loss < other.loss;
        }
    }

    @Override
    public List<Finding> look(Bench bench) {
        Dataset train = bench.train();
        Fit best = null;
        double first;
        int steps;
        Dataset rows;
        try (Rehearsal rehearsal = bench.rehearse()) {
            rows = distinct(train, Math.min(examples, rehearsal.capacity()));
            if (tooFewParameters(rehearsal, rows) || rows.rows() < 2) {
                return List.of();
            }
            first = rehearsal.forward(rows, false);
            steps = Effort.steps(rehearsal, rows.rows(), BUDGET / RATES.length, FEWEST_STEPS, MOST_STEPS);
        }
        double near = rows.classification() ? NEAR_ZERO * Math.max(bench.plan().chance(), 0.1) : HALF * first;
        for (double factor : RATES) {
            int some = factor == 1 ? steps : Math.min(steps, Math.max(FEWEST_STEPS / 2, steps / 2));
            Fit fit = fit(bench, rows, factor * bench.plan().learningRate(), some, near);
            if (learned(fit, near)) {
                return List.of();
            }
            best = fit.better(best) ? fit : best;
        }
        if (steps < ENOUGH_STEPS && best.loss < BEGUN * first) {
            return List.of();
        }
        return List.of(finding(best, rows, steps, first));
    }

    /** Leaves out rows that repeat one before: with another answer nobody can learn both. */
    private static Dataset distinct(Dataset train, int most) {
        Set<List<Float>> seen = new HashSet<>();
        List<Integer> chosen = new ArrayList<>();
        int size = train.shape().size();
        for (int row = 0; row < train.rows() && chosen.size() < most; row++) {
            List<Float> values = new ArrayList<>(size);
            for (int i = row * size; i < (row + 1) * size; i++) {
                values.add(train.x()[i]);
            }
            if (seen.add(values)) {
                chosen.add(row);
            }
        }
        return train.select(chosen.stream().mapToInt(Integer::intValue).toArray());
    }

    /** A linear classifier with fewer parameters than answers to learn is not made to learn by heart. */
    private static boolean tooFewParameters(Rehearsal rehearsal, Dataset rows) {
        if (!Hidden.of(rehearsal).isEmpty()) {
            return false;
        }
        long parameters = 0;
        for (Rehearsal.Tensor tensor : rehearsal.tensors()) {
            parameters += tensor.values().length;
        }
        return parameters < (long) rows.rows() * rows.width();
    }

    private static boolean learned(Fit fit, double near) {
        return fit.loss <= near && !(fit.accuracy < 1);
    }

    private static Fit fit(Bench bench, Dataset rows, double rate, int steps, double near) {
        Fit best = null;
        try (Rehearsal rehearsal = bench.rehearse()) {
            for (int step = 1; step <= steps; step++) {
                rehearsal.step(step);
                if (!Double.isFinite(rehearsal.forward(rows, true))) {
                    break;
                }
                rehearsal.backward();
                rehearsal.addPenalty();
                rehearsal.update(rate);
                if (step % LOOK_EVERY == 0 || step == steps) {
                    double loss = rehearsal.forward(rows, false);
                    Fit fit = new Fit(rehearsal.accuracy(rows), loss);
                    best = Double.isFinite(loss) && fit.better(best) ? fit : best;
                    if (best != null && learned(best, near)) {
                        return best;
                    }
                }
            }
        }
        return best == null ? new Fit(rows.classification() ? 0 : Double.NaN, Double.POSITIVE_INFINITY) : best;
    }

    private static Finding finding(Fit best, Dataset rows, int steps, double first) {
        boolean classes = rows.classification();
        boolean nearly = classes ? best.accuracy >= NEARLY : best.loss < first;
        String reached = classes
                ? String.format(Locale.ROOT, "accuracy %.2f and loss %.3g", best.accuracy, best.loss)
                : String.format(Locale.ROOT, "a loss of %.3g (%.3g before)", best.loss, first);
        return new Finding(
                "cannot_overfit",
                nearly ? Finding.Severity.WARN : Finding.Severity.FAIL,
                "check",
                "network",
                classes ? best.accuracy : best.loss,
                classes ? "accuracy 1, loss near 0" : "half of the first loss",
                String.format(
                        Locale.ROOT,
                        "%d rows are not learned by heart: at the best of %d learning rates, %d steps come to %s; either"
                                + " the network is too small, or something keeps it from learning",
                        rows.rows(),
                        RATES.length,
                        steps,
                        reached),
                "first mend what else is found; then less regularization and dropout, or more units in the hidden layers",
                "CS231n lecture 6, babysitting the learning process: overfit a tiny subset");
    }
}

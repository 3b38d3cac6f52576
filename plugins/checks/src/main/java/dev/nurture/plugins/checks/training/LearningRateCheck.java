package dev.nurture.plugins.checks.training;

import dev.nurture.plugins.checks.measure.Effort;
import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tries the chosen learning rate on some batches. Where the loss grows, or stands still although it falls at another rate,
 * it tries the rates of other decades and suggests one.
 */
final class LearningRateCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "learning_rate_range",
            "Tries the learning rate on some batches: whether the loss moves, and whether it explodes; suggests another"
                    + " (CS231n lecture 6, babysitting the learning process).",
            LearningRateCheck::new);

    private static final String SOURCE = "CS231n lecture 6, babysitting the learning process: find a learning rate;"
            + " L. Smith, Cyclical learning rates, WACV 2017: range test";

    /** Operations of one trial: under a second on two cores. */
    private static final double BUDGET = 1.5e10;

    private static final int MOST_STEPS = 60;
    private static final int FEWEST_STEPS = 8;

    /** Lecture: give up when the cost exceeds three times the initial. */
    private static final double EXPLODED = 3;

    /** FAULTS: a fall of less than a tenth of a percent. */
    private static final double STILL = 1e-3;

    /** What another rate must make of the same steps for the chosen one to be too low. */
    private static final double FALLS = 0.02;

    /** The rate that falls most in a few steps is at the edge; a third of it is safe for many. */
    private static final double SAFETY = 3;

    private static final int DECADES_UP = 8;
    private static final int DECADES_DOWN = 12;

    @Override
    public List<Finding> look(Bench bench) {
        if (!(bench.plan().learningRate() > 0)) {
            return List.of();
        }
        int steps;
        try (Rehearsal rehearsal = bench.rehearse()) {
            steps = Effort.steps(rehearsal, bench.plan().batchSize(), BUDGET, FEWEST_STEPS, MOST_STEPS);
        }
        Trial planned = Trial.of(bench, steps, bench::learningRate);
        if (!Double.isFinite(planned.first())) {
            return List.of();
        }
        double limit = EXPLODED
                * Math.max(Math.abs(planned.first()), Math.max(bench.plan().chance(), 0));
        if (!planned.finite() || planned.tail() > limit && planned.last() > limit) {
            return List.of(high(bench, planned, steps));
        }
        return planned.fall() < STILL ? low(bench, steps).map(List::of).orElse(List.of()) : List.of();
    }

    private static Finding high(Bench bench, Trial trial, int steps) {
        double rate = bench.plan().learningRate();
        double suggested = rate;
        double fall = 0;
        // From above: the first decade in which the loss falls, or the next if that does better.
        for (int decade = 1; decade <= DECADES_DOWN; decade++) {
            double tried = rate * Math.pow(10, -decade);
            double fell = fall(bench, steps, tried);
            if (fell > fall) {
                fall = fell;
                suggested = tried;
            } else if (fall > FALLS) {
                break;
            }
        }
        Finding finding = new Finding(
                "learning_rate_high",
                Finding.Severity.FAIL,
                "check",
                "optimizer.learning_rate",
                trial.finite() ? trial.tail() / Math.abs(trial.first()) : trial.last(),
                "> " + EXPLODED + " times the initial loss",
                String.format(
                        Locale.ROOT,
                        "within %d steps at a learning rate of %.3g the loss goes from %.4g to %s; the rate is too high",
                        steps,
                        rate,
                        trial.first(),
                        trial.finite() ? String.format(Locale.ROOT, "%.4g", trial.tail()) : "no number any more"),
                fall > FALLS
                        ? String.format(Locale.ROOT, "lower it to about %.1e", suggested / SAFETY)
                        : "lower it; no rate tried makes the loss fall, so first mend what else is found",
                SOURCE);
        return fall > FALLS
                ? finding.remedied(String.format(Locale.ROOT, "optimizer.learning_rate=%.1e", suggested / SAFETY))
                : finding;
    }

    /** The rates of a schedule rise and fall: the greatest of them decides whether it is too low. */
    private static Optional<Finding> low(Bench bench, int steps) {
        double greatest = greatest(bench);
        Trial trial = Trial.of(bench, steps, step -> greatest);
        if (!trial.finite() || trial.fall() >= STILL) {
            return Optional.empty();
        }
        double suggested = greatest;
        double fall = trial.fall();
        double reach = greatest * Math.max(1, (double) plannedSteps(bench) / steps);
        for (int decade = 1; decade <= DECADES_UP; decade++) {
            double tried = greatest * Math.pow(10, decade);
            double fell = fall(bench, steps, tried);
            if (tried <= reach && fell >= STILL) {
                // As far as these few steps at a higher rate go the many that are planned go, too.
                return Optional.empty();
            }
            if (fell > fall) {
                fall = fell;
                suggested = tried;
            } else if (fall > FALLS) {
                break;
            }
        }
        if (fall < FALLS) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                        "learning_rate_low",
                        Finding.Severity.FAIL,
                        "check",
                        "optimizer.learning_rate",
                        trial.fall(),
                        "< " + STILL,
                        String.format(
                                Locale.ROOT,
                                "within %d steps at a learning rate of %.3g the loss barely moves (%.4g to %.4g), at %.1e"
                                        + " it falls by %.0f %%; the rate is too low",
                                steps,
                                greatest,
                                trial.first(),
                                trial.last(),
                                suggested,
                                100 * fall),
                        String.format(Locale.ROOT, "raise it to about %.1e", suggested / SAFETY),
                        SOURCE)
                .remedied(String.format(Locale.ROOT, "optimizer.learning_rate=%.1e", suggested / SAFETY)));
    }

    private static long plannedSteps(Bench bench) {
        return (long) Rows.perEpoch(bench) * bench.plan().epochs();
    }

    private static double greatest(Bench bench) {
        long steps = plannedSteps(bench);
        double greatest = 0;
        for (int i = 0; i <= 100; i++) {
            greatest = Math.max(greatest, bench.learningRate(Math.max(1, Math.min(steps, steps * i / 100))));
        }
        return greatest;
    }

    private static double fall(Bench bench, int steps, double rate) {
        Trial trial = Trial.of(bench, steps, step -> rate);
        return trial.finite() ? trial.fall() : Double.NEGATIVE_INFINITY;
    }
}

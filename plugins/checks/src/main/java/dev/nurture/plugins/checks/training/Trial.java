package dev.nurture.plugins.checks.training;

import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Rehearsal;
import java.util.function.IntToDoubleFunction;

/**
 * Some first steps of a training, and how the loss went.
 *
 * @param first the loss of the first rows, in training mode, before any step
 * @param last the loss of the same rows after the last step; not finite when training ended so
 * @param tail the mean loss of the last quarter of the batches, as they came
 */
record Trial(double first, double last, double tail) {
    private static final int JUDGED = 256;

    /**
     * Trains on the batches of the plan.
     *
     * @param rate of a step, from 1
     */
    static Trial of(Bench bench, int steps, IntToDoubleFunction rate) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            Dataset judged = Rows.first(bench.train(), Math.min(JUDGED, rehearsal.capacity()));
            double first = rehearsal.forward(judged, true);
            double tail = 0;
            int quarter = Math.max(1, steps / 4);
            for (int step = 1; step <= steps; step++) {
                rehearsal.step(step);
                double loss = rehearsal.forward(Rows.batch(bench, step - 1), true);
                if (!Double.isFinite(loss)) {
                    return new Trial(first, loss, loss);
                }
                tail += step > steps - quarter ? loss / quarter : 0;
                rehearsal.backward();
                rehearsal.addPenalty();
                rehearsal.update(rate.applyAsDouble(step));
            }
            rehearsal.step(1);
            return new Trial(first, rehearsal.forward(judged, true), tail);
        }
    }

    /** Tells whether every loss was a number. */
    boolean finite() {
        return Double.isFinite(first) && Double.isFinite(last) && Double.isFinite(tail);
    }

    /** Returns by which share of itself the loss fell; negative where it rose. */
    double fall() {
        return (first - last) / Math.abs(first);
    }
}

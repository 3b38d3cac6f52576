package dev.nurture.plugins.schedules;

import dev.nurture.spi.Factory;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Falls when the loss no longer does: {@code factorⁿ}, where {@code n} counts how often {@code patience} evaluations in a
 * row were no improvement. After a fall the count starts over; the best loss stays. An evaluation is an improvement if it
 * is less than the best by more than {@code threshold} of its size; NaN never is.
 *
 * <p>CS231n, "Neural networks 3": watch the validation error and reduce the learning rate whenever it stops improving.
 */
final class Plateau implements LearningRateSchedule {
    private static final Param<Double> FACTOR =
            Param.number("factor").in("(0, 1)").or(0.1).doc("what the learning rate is multiplied by each time");
    private static final Param<Integer> PATIENCE = Param.integer("patience")
            .in("[1, inf)")
            .or(10)
            .doc("evaluations in a row without improvement before it falls");
    private static final Param<Double> THRESHOLD = Param.number("threshold")
            .in("[0, 1)")
            .or(1e-4)
            .doc("the share of the best loss by which one must be less to be an improvement");
    private static final Param<Double> FINAL =
            Param.number("final").in("[0, 1]").or(0.0).doc("the factor below which it never goes");

    static final Factory<LearningRateSchedule> FACTORY = new Factory<>(
            LearningRateSchedule.class,
            "plateau",
            "The learning rate falls by a factor when the validation loss has stopped improving.",
            List.of(FACTOR, PATIENCE, THRESHOLD, FINAL),
            settings -> new Plateau(
                    settings.get(FACTOR), settings.get(PATIENCE), settings.get(THRESHOLD), settings.get(FINAL)));

    private final double factor;
    private final int patience;
    private final double threshold;
    private final double finalFactor;

    private Plateau(double factor, int patience, double threshold, double finalFactor) {
        this.factor = factor;
        this.patience = patience;
        this.threshold = threshold;
        this.finalFactor = finalFactor;
    }

    @Override
    public double factor(Progress progress) {
        double best = Double.POSITIVE_INFINITY;
        double bar = best;
        int waited = 0;
        int falls = 0;
        for (int i = 0; i < progress.evaluations(); i++) {
            double loss = progress.loss(i);
            if (loss < bar) {
                best = loss;
                bar = best - threshold * Math.abs(best);
                waited = 0;
            } else if (++waited == patience) {
                falls++;
                waited = 0;
            }
        }
        return Math.max(finalFactor, StrictMath.pow(factor, falls));
    }
}

package dev.nurture.plugins.checks.network;

import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.plugins.checks.measure.Spread;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Compares the gradient of the penalties with that of the data, over all weights together. */
final class RegularizationCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "regularization",
            "Compares the gradient of the penalties on weights with that of the data.",
            RegularizationCheck::new);

    private static final int BATCHES = 3;

    /** FAULTS: one. */
    private static final double OVERWHELMS = 1;

    /** Beyond this the weights go to zero whatever the rows say. */
    private static final double HOPELESS = 5;

    @Override
    public List<Finding> look(Bench bench) {
        if (bench.plan().l1() == 0 && bench.plan().l2() == 0) {
            return List.of();
        }
        double ratio = Double.POSITIVE_INFINITY;
        try (Rehearsal rehearsal = bench.rehearse()) {
            for (int step = 0; step < BATCHES; step++) {
                Dataset rows = Rows.first(Rows.batch(bench, step), rehearsal.capacity());
                if (!Double.isFinite(rehearsal.forward(rows, true))) {
                    return List.of();
                }
                rehearsal.backward();
                double data = norm(rehearsal);
                for (Rehearsal.Tensor tensor : rehearsal.tensors()) {
                    Arrays.fill(tensor.gradient(), 0);
                }
                rehearsal.addPenalty();
                ratio = Math.min(ratio, norm(rehearsal) / data);
            }
        }
        if (!(ratio > OVERWHELMS)) {
            return List.of();
        }
        return List.of(new Finding(
                        "regularization_overwhelms",
                        ratio > HOPELESS ? Finding.Severity.FAIL : Finding.Severity.WARN,
                        "check",
                        "regularization",
                        ratio,
                        "> " + OVERWHELMS,
                        String.format(
                                Locale.ROOT,
                                "the penalties pull %.3g times as hard on the weights as the rows do; the network learns"
                                        + " to be zero",
                                ratio),
                        String.format(
                                Locale.ROOT,
                                "lower regularization, l2 to %.1e or less",
                                lower(bench.plan().l2(), ratio)),
                        "CS231n lecture 6, babysitting the learning process; TheDeepChecker (2023)")
                .remedied(
                        String.format(
                                Locale.ROOT,
                                "regularization.l2=%.1e",
                                lower(bench.plan().l2(), ratio)),
                        String.format(
                                Locale.ROOT,
                                "regularization.l1=%.1e",
                                lower(bench.plan().l1(), ratio))));
    }

    /** Returns what makes the penalties a thousandth of the rows' pull. */
    private static double lower(double penalty, double ratio) {
        return penalty / ratio / 1e3;
    }

    private static double norm(Rehearsal rehearsal) {
        double squares = 0;
        for (Rehearsal.Tensor tensor : rehearsal.tensors()) {
            double norm = tensor.regularized() ? Spread.norm(tensor.gradient()) : 0;
            squares += norm * norm;
        }
        return Math.sqrt(squares);
    }
}

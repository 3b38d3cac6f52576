package dev.nurture.plugins.checks.network;

import dev.nurture.plugins.checks.measure.Hidden;
import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.plugins.checks.measure.Spread;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.List;
import java.util.Locale;

/**
 * Compares what the layers give in training and in evaluation, after so many passes that running averages have settled:
 * then both have about the same mean and deviation.
 */
final class NormalizationCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "normalization",
            "Compares the outputs of the layers in training and in evaluation, once running averages have settled"
                    + " (CS231n lecture 6, batch normalization).",
            NormalizationCheck::new);

    private static final int ROWS = 32;

    /** With averages of .9 old and .1 new, forty passes leave 1.5 % of what they began with. */
    private static final int PASSES = 40;

    /** Averages that move more slowly than that get up to so many times as many passes. */
    private static final int ROUNDS = 4;

    /** FAULTS says .3 of a normalized layer; dropout before it moves healthy ones by up to that, and small batches more. */
    private static final double SHIFT = 0.6;

    private static final double SCALE = 2.5;

    /** A mismatch that shrinks by this much in a round is on its way. */
    private static final double SETTLING = 0.8;

    /** How far two layers' outputs lie apart: 1 is at the limit. */
    private record Mismatch(Rehearsal.LayerView layer, double amount, Spread training, Spread evaluation) {}

    @Override
    public List<Finding> look(Bench bench) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            int rows = Math.min(ROWS, bench.plan().batchSize());
            if (Hidden.of(rehearsal).isEmpty() || mismatch(bench, rehearsal, rows).amount <= 1) {
                return List.of();
            }
            double before = Double.POSITIVE_INFINITY;
            for (int round = 0; round < ROUNDS; round++) {
                for (int pass = 0; pass < PASSES; pass++) {
                    int step = round * PASSES + pass;
                    rehearsal.step(step + 1);
                    rehearsal.forward(Rows.first(Rows.batch(bench, step), rows), true);
                }
                Mismatch now = mismatch(bench, rehearsal, rows);
                if (now.amount <= 1) {
                    return List.of();
                }
                if (now.amount >= SETTLING * before && round > 0 || Double.isInfinite(now.amount)) {
                    return List.of(finding(now, bench.plan().batchSize()));
                }
                before = now.amount;
            }
            return List.of();
        }
    }

    /** Returns that of the layer where it is greatest; on the same rows, in batches of the plan's size for training. */
    private static Mismatch mismatch(Bench bench, Rehearsal rehearsal, int rows) {
        Dataset batch = Rows.first(bench.train(), rows);
        List<Rehearsal.LayerView> hidden = Hidden.of(rehearsal);
        rehearsal.forward(batch, true);
        List<Spread> training = hidden.stream()
                .map(layer ->
                        Spread.of(layer.values(), batch.rows() * layer.output().size()))
                .toList();
        rehearsal.forward(batch, false);
        Mismatch worst = null;
        for (int i = 0; i < hidden.size(); i++) {
            Rehearsal.LayerView layer = hidden.get(i);
            Spread evaluation =
                    Spread.of(layer.values(), batch.rows() * layer.output().size());
            double ratio = evaluation.std() / training.get(i).std();
            double scale = Math.abs(Math.log(ratio)) / Math.log(SCALE);
            double shift = Math.abs(evaluation.mean() - training.get(i).mean())
                    / Math.max(training.get(i).std(), evaluation.std())
                    / SHIFT;
            double amount = Math.max(scale, shift);
            // Both constant: a layer without a sign of life, which is another check's business.
            amount = Double.isNaN(amount) ? 0 : amount;
            if (worst == null || amount > worst.amount) {
                worst = new Mismatch(layer, amount, training.get(i), evaluation);
            }
        }
        return worst;
    }

    private static Finding finding(Mismatch mismatch, int batchSize) {
        String cause = batchSize < 2
                ? "a batch of one row has no statistics"
                : "most likely the running averages, or their use in evaluation, are wrong";
        return new Finding(
                "normalization_statistics",
                Finding.Severity.FAIL,
                "check",
                mismatch.layer.name(),
                mismatch.evaluation.std() / mismatch.training.std(),
                String.format(Locale.ROOT, "mean ± %.1f deviations, deviation within a factor of %.1f", SHIFT, SCALE),
                String.format(
                        Locale.ROOT,
                        "the outputs of %s have mean %.3g and deviation %.3g in training, but %.3g and %.3g in"
                                + " evaluation; %s",
                        mismatch.layer.name(),
                        mismatch.training.mean(),
                        mismatch.training.std(),
                        mismatch.evaluation.mean(),
                        mismatch.evaluation.std(),
                        cause),
                batchSize < 2
                        ? "raise training.batch_size, or use normalization: layer"
                        : "name another normalization at " + mismatch.layer.path() + ", or repair its plugin",
                "CS231n lecture 6, batch normalization; S. Ioffe and C. Szegedy, ICML 2015");
    }
}

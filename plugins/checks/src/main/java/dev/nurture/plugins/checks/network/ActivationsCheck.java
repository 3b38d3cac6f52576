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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares the spread of what the hidden layers give, the last against the first, and looks for saturated ones. */
final class ActivationsCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "activations",
            "Looks for activations that die out, grow or saturate from layer to layer with the first weights (CS231n"
                    + " lecture 6, weight initialization).",
            ActivationsCheck::new);

    private static final String SOURCE = "CS231n lecture 6, weight initialization: activation statistics";
    private static final int ROWS = 128;

    /** FAULTS: a tenth. Ten tangent layers with Xavier's weights keep .36 of their spread, ten rectifiers with He's all. */
    private static final double VANISHING = 0.1;

    private static final double EXPLODING = 10;

    /** Ten rectifier layers with Xavier's weights keep .04 and learn slowly; with a hundredth they do not. */
    private static final double HOPELESS_SMALL = 0.02;

    private static final double HOPELESS_LARGE = 1e3;

    /** FAULTS: more than half of the outputs. */
    private static final double SATURATED = 0.5;

    private static final double ALL_SATURATED = 0.9;

    /** What lies within this share of an end of the range is beyond 99 % of it. */
    private static final double AT_THE_END = 0.01;

    @Override
    public List<Finding> look(Bench bench) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            Dataset rows = Rows.first(bench.train(), Math.min(ROWS, rehearsal.capacity()));
            rehearsal.forward(rows, true);
            List<Rehearsal.LayerView> hidden = Hidden.of(rehearsal);
            List<Finding> findings = new ArrayList<>();
            saturated(hidden, rows.rows()).ifPresent(findings::add);
            spread(hidden, rows.rows()).ifPresent(findings::add);
            findings.sort((a, b) -> b.severity().compareTo(a.severity()));
            return findings;
        }
    }

    private static Optional<Finding> spread(List<Rehearsal.LayerView> hidden, int rows) {
        if (hidden.size() < 2) {
            return Optional.empty();
        }
        double first = std(hidden.get(0), rows);
        Rehearsal.LayerView last = hidden.get(hidden.size() - 1);
        double ratio = std(last, rows) / first;
        boolean vanishing = ratio < VANISHING;
        if (!vanishing && !(ratio > EXPLODING)) {
            return Optional.empty();
        }
        boolean hopeless = ratio < HOPELESS_SMALL || ratio > HOPELESS_LARGE;
        return Optional.of(new Finding(
                        vanishing ? "vanishing_activations" : "exploding_activations",
                        hopeless ? Finding.Severity.FAIL : Finding.Severity.WARN,
                        "check",
                        last.name(),
                        ratio,
                        vanishing ? "< " + VANISHING : "> " + EXPLODING,
                        String.format(
                                Locale.ROOT,
                                "over %d hidden layers the standard deviation of the activations goes from %.3g to %.3g;"
                                        + " the first weights are too %s",
                                hidden.size(),
                                first,
                                std(last, rows),
                                vanishing ? "small" : "large"),
                        "draw them with the variance that goes with the activation: initializer he for rectifiers,"
                                + " xavier for tanh and sigmoid; or normalization: batch",
                        SOURCE)
                .remedied(Hidden.initialized(hidden)));
    }

    private static double std(Rehearsal.LayerView layer, int rows) {
        return Spread.of(layer.values(), rows * layer.output().size()).std();
    }

    private static Optional<Finding> saturated(List<Rehearsal.LayerView> hidden, int rows) {
        Rehearsal.LayerView worst = null;
        double most = SATURATED;
        for (Rehearsal.LayerView layer : hidden) {
            double share = layer.limits().both() ? saturated(layer, rows) : 0;
            if (share > most) {
                most = share;
                worst = layer;
            }
        }
        if (worst == null) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                        "saturated_activations",
                        most > ALL_SATURATED ? Finding.Severity.FAIL : Finding.Severity.WARN,
                        "check",
                        worst.name(),
                        most,
                        "> " + SATURATED,
                        String.format(
                                Locale.ROOT,
                                "%.0f %% of the outputs of %s are at an end of the activation's range, where it has no"
                                        + " slope; the first weights, or the inputs, are too large",
                                100 * most,
                                worst.name()),
                        "draw smaller first weights: initializer xavier; scale the inputs; or normalization: batch",
                        SOURCE)
                .remedied(Hidden.initialized(hidden)));
    }

    private static double saturated(Rehearsal.LayerView layer, int rows) {
        double margin = AT_THE_END * (layer.limits().ceiling() - layer.limits().floor());
        int count = rows * layer.output().size();
        int at = 0;
        for (int i = 0; i < count; i++) {
            float value = layer.values()[i];
            at += value < layer.limits().floor() + margin
                            || value > layer.limits().ceiling() - margin
                    ? 1
                    : 0;
        }
        return (double) at / count;
    }
}

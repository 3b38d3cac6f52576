package dev.nurture.plugins.checks.network;

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

/** Looks whether the loss is a mean over the rows, falls along its own gradient, and is fed what it expects. */
final class LossCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "loss",
            "Looks for a loss that grows with the number of rows, that rises along its negative gradient, or that is fed"
                    + " probabilities where it expects scores.",
            LossCheck::new);

    private static final int ROWS = 32;

    /** FAULTS: the loss of twice as many rows is twice as large; a mean's is the same but for rounding. */
    private static final double MORE = 1.3;

    /** Steps as shares of the weights: where the largest overshoots, the smallest does not. */
    private static final double[] STEPS = {1e-1, 1e-2, 1e-3, 1e-4};

    private static final double ROUNDING = 1e-6;

    @Override
    public List<Finding> look(Bench bench) {
        List<Finding> findings = new ArrayList<>();
        sign(bench).ifPresent(findings::add);
        mean(bench).ifPresent(findings::add);
        probabilities(bench).ifPresent(findings::add);
        return findings;
    }

    /** Moves the last layer alone: of the layers before, a wrong gradient is none of the loss's fault. */
    private static Optional<Finding> sign(Bench bench) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            Dataset rows = Rows.first(bench.train(), Math.min(ROWS, rehearsal.capacity()));
            double before = rehearsal.forward(rows, true);
            if (!Double.isFinite(before)) {
                return Optional.empty();
            }
            if (before < 0 && bench.plan().chance() > 0) {
                return Optional.of(sign(before, "the loss is negative"));
            }
            rehearsal.backward();
            List<Rehearsal.Tensor> last = lastTensors(rehearsal);
            double weights = 0;
            double slope = 0;
            for (Rehearsal.Tensor tensor : last) {
                weights += Spread.norm(tensor.values()) * Spread.norm(tensor.values());
                slope += Spread.norm(tensor.gradient()) * Spread.norm(tensor.gradient());
            }
            if (!(slope > 0) || !Double.isFinite(slope)) {
                return Optional.empty();
            }
            double least = Double.POSITIVE_INFINITY;
            List<float[]> values =
                    last.stream().map(tensor -> tensor.values().clone()).toList();
            List<float[]> gradients =
                    last.stream().map(tensor -> tensor.gradient().clone()).toList();
            for (double share : STEPS) {
                double step = share * Math.max(Math.sqrt(weights), 1e-2) / Math.sqrt(slope);
                for (int i = 0; i < last.size(); i++) {
                    float[] w = last.get(i).values();
                    for (int j = 0; j < w.length; j++) {
                        w[j] = (float) (values.get(i)[j] - step * gradients.get(i)[j]);
                    }
                }
                double after = rehearsal.forward(rows, true);
                least = Math.min(least, Double.isFinite(after) ? after : Double.POSITIVE_INFINITY);
            }
            return least > before + ROUNDING * Math.abs(before)
                    ? Optional.of(sign(least - before, "the loss rises along its negative gradient"))
                    : Optional.empty();
        }
    }

    private static List<Rehearsal.Tensor> lastTensors(Rehearsal rehearsal) {
        List<Rehearsal.Tensor> tensors = rehearsal.tensors();
        if (tensors.isEmpty()) {
            return tensors;
        }
        String layer = tensors.get(tensors.size() - 1).layer();
        return tensors.stream().filter(tensor -> tensor.layer().equals(layer)).toList();
    }

    private static Finding sign(double measured, String what) {
        return new Finding(
                "loss_sign",
                Finding.Severity.FAIL,
                "check",
                "loss",
                measured,
                "> 0",
                what + ", however small the step; most likely its sign, or its gradient's, is flipped",
                "repair the loss's plugin, or name another loss",
                "A. Karpathy, A recipe for training neural networks (2019)");
    }

    private static Optional<Finding> mean(Bench bench) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            int count = Math.min(
                    Math.min(ROWS, rehearsal.capacity() / 2), bench.train().rows());
            if (count == 0) {
                return Optional.empty();
            }
            int[] twice = new int[2 * count];
            for (int i = 0; i < twice.length; i++) {
                twice[i] = i % count;
            }
            double once = rehearsal.forward(Rows.first(bench.train(), count), false);
            double doubled = rehearsal.forward(bench.train().select(twice), false);
            double ratio = doubled / once;
            if (!(ratio > MORE)) {
                return Optional.empty();
            }
            return Optional.of(new Finding(
                    "loss_not_mean",
                    Finding.Severity.FAIL,
                    "check",
                    "loss",
                    ratio,
                    "> " + MORE,
                    String.format(
                            Locale.ROOT,
                            "the loss of every row taken twice is %.3g times that of every row once; it is a sum over"
                                    + " the rows, so the learning rate means another thing at each batch size",
                            ratio),
                    "divide by the number of rows in the loss's plugin, or name another loss",
                    "CS231n notes, linear classification: the data loss is the mean over the examples"));
        }
    }

    private static Optional<Finding> probabilities(Bench bench) {
        if (!bench.plan().lossName().equals("softmax_cross_entropy")) {
            return Optional.empty();
        }
        try (Rehearsal rehearsal = bench.rehearse()) {
            Dataset rows = Rows.first(bench.train(), Math.min(ROWS, rehearsal.capacity()));
            rehearsal.forward(rows, false);
            int classes = rows.width();
            for (int row = 0; row < rows.rows(); row++) {
                double sum = 0;
                for (int j = row * classes; j < (row + 1) * classes; j++) {
                    if (!(rehearsal.outputs()[j] >= 0)) {
                        return Optional.empty();
                    }
                    sum += rehearsal.outputs()[j];
                }
                if (Math.abs(sum - 1) > 1e-4) {
                    return Optional.empty();
                }
            }
            List<Rehearsal.LayerView> layers = rehearsal.layers();
            Rehearsal.LayerView last = layers.get(layers.size() - 1);
            double floor = Math.log(1 + (classes - 1) / Math.E);
            return Optional.of(new Finding(
                    "double_softmax",
                    Finding.Severity.FAIL,
                    "check",
                    last.name(),
                    1,
                    "rows of outputs that sum to 1",
                    String.format(
                            Locale.ROOT,
                            "the outputs of every row are probabilities, but softmax_cross_entropy makes probabilities"
                                    + " of scores itself; of those the loss cannot fall below %.3f",
                            floor),
                    "leave out the softmax at " + last.path(),
                    "UMLAUT, E. Schoop, F. Huang and B. Hartmann, CHI 2021"));
        }
    }
}

package dev.nurture.plugins.checks.network;

import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares the loss before the first step with what theory says of a network that knows nothing. The theory is corrected
 * for the outputs' own spread: were answers and outputs independent, outputs {@code z} would have a softmax loss of
 * {@code mean(log Σexp z) − Σ share(class)·mean z(class)}, which is ln C where they are all alike.
 */
final class InitialLossCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "initial_loss",
            "Compares the loss before the first step with theory, such as ln C, and the penalties with their formula"
                    + " (CS231n lecture 6, babysitting the learning process).",
            InitialLossCheck::new);

    private static final String SOURCE = "CS231n lecture 6, babysitting the learning process: the initial loss";
    private static final int ROWS = 256;

    /**
     * FAULTS: five percent, beside what chance explains: rows of one class lie together, so that the outputs of a class lean
     * to its own answer, or to another, by as much as they spread.
     */
    private static final double OFF = 0.05;

    /** Where outputs spread no more than this, no correction is needed. */
    private static final double ALIKE = 0.05;

    /** Outputs of variance v cost about v/2 beside ln C: a head after He with v = 2 has 1.4 times ln 10, and is no fault. */
    private static final double SPREAD = 1.6;

    private static final double HOPELESS = 10;

    /** A regression that starts with the loss of answering 0, times this, has outputs of the wrong scale. */
    private static final double FAR_FROM_ZERO = 4;

    @Override
    public List<Finding> look(Bench bench) {
        List<Finding> findings = new ArrayList<>();
        try (Rehearsal rehearsal = bench.rehearse()) {
            Dataset rows = Rows.first(bench.train(), Math.min(ROWS, rehearsal.capacity()));
            double loss = rehearsal.forward(rows, true);
            if (Double.isFinite(loss)) {
                double chance = bench.plan().chance();
                if (rows.classification() && chance > 0) {
                    classification(bench, rehearsal, rows, loss).ifPresent(findings::add);
                } else if (!rows.classification()) {
                    regression(rehearsal, rows, loss).ifPresent(findings::add);
                }
            }
        }
        penalty(bench).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> classification(Bench bench, Rehearsal rehearsal, Dataset rows, double loss) {
        double chance = bench.plan().chance();
        Outputs outputs = new Outputs(rehearsal.outputs(), rows);
        boolean softmax = bench.plan().lossName().equals("softmax_cross_entropy");
        if (!softmax && outputs.spread > ALIKE) {
            return Optional.empty();
        }
        double expected = softmax ? outputs.independentLoss : chance;
        double noise = 3 * outputs.spread * Math.sqrt(1.0 / rows.rows() + 1.0 / rows.width());
        if (Math.abs(loss - expected) > OFF * expected + noise) {
            return Optional.of(new Finding(
                    "initial_loss",
                    Finding.Severity.FAIL,
                    "check",
                    "loss",
                    loss,
                    String.format(Locale.ROOT, "%.4g ± 5 %%", expected),
                    String.format(
                            Locale.ROOT,
                            "the loss before the first step is %.4g where theory says %.4g; most likely the loss is not"
                                    + " the mean over rows and classes that it should be",
                            loss,
                            expected),
                    "name another loss, or repair its plugin",
                    SOURCE));
        }
        if (expected <= SPREAD * chance) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                        "initial_loss",
                        expected > HOPELESS * chance ? Finding.Severity.FAIL : Finding.Severity.WARN,
                        "check",
                        "output",
                        loss,
                        String.format(Locale.ROOT, "> %.4g", SPREAD * chance),
                        String.format(
                                Locale.ROOT,
                                "the loss before the first step is %.4g, %.2g times that of a network that knows"
                                        + " nothing (%.4g): the last layer is sure of itself before it has seen a row",
                                loss,
                                loss / chance,
                                chance),
                        "give the last layer smaller first weights and no bias: initializer: {type: normal, std: 0.01}",
                        SOURCE)
                .remedied(smallHead(rehearsal)));
    }

    private static String[] smallHead(Rehearsal rehearsal) {
        List<Rehearsal.LayerView> layers = rehearsal.layers();
        String path = layers.get(layers.size() - 1).path();
        return new String[] {path + ".initializer={type: normal, std: 0.01}"};
    }

    private static Optional<Finding> regression(Rehearsal rehearsal, Dataset rows, double loss) {
        float[] outputs = rehearsal.outputs();
        double squares = 0;
        double targets = 0;
        for (int i = 0; i < rows.values().length; i++) {
            squares += (double) outputs[i] * outputs[i];
            targets += (double) rows.values()[i] * rows.values()[i];
        }
        double ratio = Math.sqrt(squares / targets);
        if (!(ratio > FAR_FROM_ZERO)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                        "initial_loss",
                        Finding.Severity.WARN,
                        "check",
                        "output",
                        loss,
                        "outputs > " + FAR_FROM_ZERO + " times the targets",
                        String.format(
                                Locale.ROOT,
                                "the first outputs are %.2g times as large as the targets, and the loss %.3g; the"
                                        + " network first has to unlearn them",
                                ratio,
                                loss),
                        "scale the inputs, or give the last layer smaller first weights: initializer: {type: normal, std:"
                                + " 0.01}",
                        SOURCE)
                .remedied(smallHead(rehearsal)));
    }

    private static Optional<Finding> penalty(Bench bench) {
        double l1 = bench.plan().l1();
        double l2 = bench.plan().l2();
        if (l1 == 0 && l2 == 0) {
            return Optional.empty();
        }
        try (Rehearsal rehearsal = bench.rehearse()) {
            double expected = 0;
            for (Rehearsal.Tensor tensor : rehearsal.tensors()) {
                for (float w : tensor.regularized() ? tensor.values() : new float[0]) {
                    expected += l1 * Math.abs(w) + l2 / 2 * w * w;
                }
            }
            rehearsal.forward(Rows.first(bench.train(), 1), true);
            rehearsal.backward();
            double measured = rehearsal.addPenalty();
            if (Math.abs(measured - expected) <= 1e-3 * expected + 1e-12) {
                return Optional.empty();
            }
            return Optional.of(new Finding(
                    "initial_loss",
                    Finding.Severity.FAIL,
                    "check",
                    "regularization",
                    measured,
                    String.format(Locale.ROOT, "%.4g ± 0.1 %%", expected),
                    String.format(
                            Locale.ROOT,
                            "the penalties add %.4g to the loss where l1·Σ|w| + ½·l2·Σw² is %.4g",
                            measured,
                            expected),
                    "set regularization anew",
                    SOURCE));
        }
    }

    /** What the first outputs say by themselves. */
    private static final class Outputs {
        private final double spread;
        private final double independentLoss;

        Outputs(float[] outputs, Dataset rows) {
            int classes = rows.width();
            double[] meanOutput = new double[classes];
            double logSums = 0;
            double squares = 0;
            for (int row = 0; row < rows.rows(); row++) {
                float[] z = Arrays.copyOfRange(outputs, row * classes, (row + 1) * classes);
                double greatest = Double.NEGATIVE_INFINITY;
                double mean = 0;
                for (float value : z) {
                    greatest = Math.max(greatest, value);
                    mean += (double) value / classes;
                }
                double sum = 0;
                for (int j = 0; j < classes; j++) {
                    sum += Math.exp(z[j] - greatest);
                    squares += (z[j] - mean) * (z[j] - mean);
                    meanOutput[j] += z[j];
                }
                logSums += greatest + Math.log(sum);
            }
            spread = Math.sqrt(squares / rows.rows() / classes);
            double answered = 0;
            for (int label : rows.labels()) {
                answered += meanOutput[label] / rows.rows();
            }
            independentLoss = (logSums - answered) / rows.rows();
        }
    }
}

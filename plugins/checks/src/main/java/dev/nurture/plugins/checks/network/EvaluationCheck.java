package dev.nurture.plugins.checks.network;

import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Looks whether an evaluation gives each row the same answer at every time, in every place of a batch and in any company.
 * In training the others may count: batch normalization lets them.
 */
final class EvaluationCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "evaluation",
            "Looks whether an evaluation is the same again, and whether a row's answer depends on the other rows.",
            EvaluationCheck::new);

    private static final int ROWS = 8;

    /** Sums in another order differ by 1e-6. */
    private static final double ROUNDING = 1e-3;

    @Override
    public List<Finding> look(Bench bench) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            int count =
                    Math.min(ROWS, Math.min(rehearsal.capacity(), bench.train().rows() - 1));
            if (count < 2) {
                return List.of();
            }
            Dataset rows = Rows.first(bench.train(), count);
            double[] first = outputs(rehearsal, rows, 1);
            if (!Arrays.stream(first).allMatch(Double::isFinite)) {
                return List.of();
            }
            double again = difference(first, outputs(rehearsal, rows, 2), 0, count);
            if (again > ROUNDING) {
                return List.of(notSteady(again, "twice"));
            }
            // The first row is replaced; those behind it must not notice.
            int[] others = new int[count];
            Arrays.setAll(others, i -> i == 0 ? count : i);
            double company = difference(first, outputs(rehearsal, bench.train().select(others), 1), 1, count);
            if (company > ROUNDING) {
                return List.of(leak(company));
            }
            double elsewhere = difference(first, turned(outputs(rehearsal, turned(rows), 1), count), 0, count);
            return elsewhere > ROUNDING ? List.of(notSteady(elsewhere, "in another order")) : List.of();
        }
    }

    private static double[] outputs(Rehearsal rehearsal, Dataset rows, long step) {
        rehearsal.step(step);
        rehearsal.forward(rows, false);
        double[] outputs = new double[rows.rows() * rows.width()];
        Arrays.setAll(outputs, i -> rehearsal.outputs()[i]);
        return outputs;
    }

    private static Dataset turned(Dataset rows) {
        int[] order = new int[rows.rows()];
        Arrays.setAll(order, i -> (i + 1) % order.length);
        return rows.select(order);
    }

    /** Puts outputs of turned rows back in the rows' own order. */
    private static double[] turned(double[] outputs, int rows) {
        int width = outputs.length / rows;
        double[] back = new double[outputs.length];
        System.arraycopy(outputs, 0, back, width, outputs.length - width);
        System.arraycopy(outputs, outputs.length - width, back, 0, width);
        return back;
    }

    /** Returns the greatest difference from row {@code from} on, against the outputs' own size. */
    private static double difference(double[] a, double[] b, int from, int rows) {
        int width = a.length / rows;
        double size = 0;
        double greatest = 0;
        for (int i = 0; i < a.length; i++) {
            size = Math.max(size, Math.abs(a[i]));
            greatest = Math.max(greatest, i < from * width ? 0 : Math.abs(a[i] - b[i]));
        }
        return size > 0 ? greatest / size : greatest;
    }

    private static Finding notSteady(double measured, String how) {
        return new Finding(
                "evaluation_not_deterministic",
                Finding.Severity.FAIL,
                "check",
                "output",
                measured,
                "> " + ROUNDING,
                String.format(
                        Locale.ROOT,
                        "the same rows evaluated %s give outputs that differ by %.2g of their size; most likely dropout"
                                + " or other noise is active in evaluation",
                        how,
                        measured),
                "repair the layer's plugin: noise belongs into passes of which pass.training() is true",
                "CS231n notes, neural networks 2: dropout at test time");
    }

    private static Finding leak(double measured) {
        return new Finding(
                "batch_leak",
                Finding.Severity.FAIL,
                "check",
                "output",
                measured,
                "> " + ROUNDING,
                String.format(
                        Locale.ROOT,
                        "with one row of a batch replaced, the outputs of the others change by %.2g of their size in"
                                + " evaluation; a layer mixes the rows, or uses statistics of the batch at test time",
                        measured),
                "repair the layer's plugin: in evaluation a row's outputs depend on that row alone",
                "A. Karpathy, A recipe for training neural networks (2019)");
    }
}

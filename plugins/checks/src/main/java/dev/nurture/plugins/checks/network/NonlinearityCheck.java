package dev.nurture.plugins.checks.network;

import dev.nurture.plugins.checks.measure.Hidden;
import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.List;

/** Looks whether a network of several layers is one linear map: then {@code f((a + b)/2) = (f(a) + f(b))/2}. */
final class NonlinearityCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "nonlinearity",
            "Looks whether a network of several layers computes no more than a linear classifier.",
            NonlinearityCheck::new);

    private static final int PAIRS = 16;

    /** Rounding leaves 1e-6; between random rows rectifiers leave some percent. */
    private static final double LINEAR = 1e-4;

    @Override
    public List<Finding> look(Bench bench) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            int pairs = Math.min(
                    PAIRS, Math.min(rehearsal.capacity() / 3, bench.train().rows() / 2));
            List<Rehearsal.LayerView> hidden = Hidden.of(rehearsal);
            if (hidden.isEmpty() || pairs == 0) {
                return List.of();
            }
            rehearsal.forward(withMiddles(Rows.first(bench.train(), 2 * pairs), pairs), false);
            double bend = bend(rehearsal.outputs(), pairs, bench.train().width());
            if (!(bend < LINEAR)) {
                return List.of();
            }
            String[] changes = hidden.stream()
                    .map(layer -> layer.path() + ".activation=relu")
                    .toArray(String[]::new);
            return List.of(new Finding(
                            "no_nonlinearity",
                            Finding.Severity.WARN,
                            "check",
                            hidden.get(0).name(),
                            bend,
                            "< " + LINEAR,
                            "the network is linear: half way between two rows its outputs are half way, too; its "
                                    + (hidden.size() + 1) + " layers can do no more than one",
                            "give the hidden layers an activation, such as relu, at "
                                    + hidden.get(0).path(),
                            "CS231n lecture 6, activation functions")
                    .remedied(changes));
        }
    }

    /** Returns a first half, a second half, and the rows half way between. */
    private static Dataset withMiddles(Dataset rows, int pairs) {
        int[] order = new int[3 * pairs];
        for (int i = 0; i < order.length; i++) {
            order[i] = i % (2 * pairs);
        }
        Dataset all = rows.select(order);
        int size = rows.shape().size();
        for (int i = 0; i < pairs * size; i++) {
            all.x()[2 * pairs * size + i] = (rows.x()[i] + rows.x()[pairs * size + i]) / 2;
        }
        return all;
    }

    private static double bend(float[] outputs, int pairs, int width) {
        double off = 0;
        double apart = 0;
        for (int i = 0; i < pairs * width; i++) {
            double a = outputs[i];
            double b = outputs[pairs * width + i];
            double middle = outputs[2 * pairs * width + i];
            off += (middle - (a + b) / 2) * (middle - (a + b) / 2);
            apart += (a - b) * (a - b);
        }
        return apart > 0 ? Math.sqrt(off / apart) : Double.NaN;
    }
}

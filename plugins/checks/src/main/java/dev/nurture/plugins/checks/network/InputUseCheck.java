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

/** Looks whether the outputs depend on the inputs at all, after some steps: a last layer of zeros hides it at first. */
final class InputUseCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "input_use",
            "Looks whether the network answers real rows otherwise than rows of zeros.",
            InputUseCheck::new);

    private static final int ROWS = 32;
    private static final int STEPS = 5;

    @Override
    public List<Finding> look(Bench bench) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            int count = Math.min(ROWS, rehearsal.capacity());
            for (int step = 0; step < STEPS; step++) {
                if (step == 0 || step == STEPS - 1) {
                    if (used(rehearsal, Rows.first(bench.train(), count))) {
                        return List.of();
                    }
                }
                rehearsal.step(step + 1);
                if (!Double.isFinite(rehearsal.forward(Rows.first(Rows.batch(bench, step), count), true))) {
                    return List.of();
                }
                rehearsal.backward();
                rehearsal.update(bench.plan().learningRate());
            }
        }
        return List.of(new Finding(
                "input_ignored",
                Finding.Severity.FAIL,
                "check",
                "input",
                0,
                "= 0",
                "the outputs are the same for real rows and for rows of zeros, before training and after some steps;"
                        + " somewhere the input is lost",
                "look at the layers before the first dense or convolution layer, and at what preprocessing leaves of a row",
                "A. Karpathy, A recipe for training neural networks (2019): input-independent baseline"));
    }

    /** Tells whether outputs differ between rows and zeros; outputs that are not finite are no sign that it is lost. */
    private static boolean used(Rehearsal rehearsal, Dataset rows) {
        int count = rows.rows() * rows.width();
        rehearsal.forward(rows, false);
        float[] real = Arrays.copyOf(rehearsal.outputs(), count);
        Dataset zeros = new Dataset(
                rows.shape(),
                new float[rows.x().length],
                rows.labels(),
                rows.values(),
                rows.width(),
                rows.classNames());
        rehearsal.forward(zeros, false);
        for (int i = 0; i < count; i++) {
            // NaN differs from itself.
            if (real[i] != rehearsal.outputs()[i] || Float.isInfinite(real[i])) {
                return true;
            }
        }
        return false;
    }
}

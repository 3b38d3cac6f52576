package dev.nurture.plugins.checks.network;

import dev.nurture.plugins.checks.measure.Rows;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.ArrayList;
import java.util.List;

/** Looks for weights that get no gradient at all, in several steps; after one step a last layer of zeros lets some through. */
final class GradientFlowCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "gradient_flow",
            "Looks for weights whose gradient is zero in several batches, and for the layer that holds it back.",
            GradientFlowCheck::new);

    private static final int STEPS = 3;
    private static final int ROWS = 64;

    @Override
    public List<Finding> look(Bench bench) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            List<Rehearsal.Tensor> blocked = new ArrayList<>(rehearsal.tensors());
            blocked.removeIf(tensor -> !tensor.regularized());
            List<Rehearsal.LayerView> layers = rehearsal.layers();
            boolean[] silent = new boolean[layers.size()];
            for (int step = 0; step < STEPS && !blocked.isEmpty(); step++) {
                rehearsal.step(step + 1);
                Dataset rows = Rows.first(Rows.batch(bench, step), Math.min(ROWS, rehearsal.capacity()));
                if (!Double.isFinite(rehearsal.forward(rows, true))) {
                    return List.of();
                }
                rehearsal.backward();
                blocked.removeIf(tensor -> !zero(tensor.gradient(), tensor.gradient().length));
                for (int i = 0; i < silent.length; i++) {
                    Rehearsal.LayerView layer = layers.get(i);
                    silent[i] =
                            zero(layer.gradients(), rows.rows() * layer.output().size());
                }
                rehearsal.update(bench.plan().learningRate());
            }
            return blocked.isEmpty() ? List.of() : List.of(finding(blocked, layers, silent));
        }
    }

    private static Finding finding(List<Rehearsal.Tensor> blocked, List<Rehearsal.LayerView> layers, boolean[] silent) {
        // The layer above the topmost one to which nothing comes back is the one that holds it back.
        int last = silent.length - 1;
        while (last >= 0 && !silent[last]) {
            last--;
        }
        Rehearsal.Tensor tensor = blocked.get(blocked.size() - 1);
        String where = last >= 0 && last < silent.length - 1
                ? layers.get(last + 1).name() + " (" + layers.get(last + 1).path() + ")"
                : tensor.layer();
        return new Finding(
                "blocked_gradient",
                Finding.Severity.FAIL,
                "check",
                tensor.name(),
                0,
                "= 0 in " + STEPS + " steps",
                "the gradient of " + tensor.name()
                        + (blocked.size() > 1 ? " and " + (blocked.size() - 1) + " more" : "")
                        + " is zero in every step: nothing comes back through " + where
                        + ", so these weights never change",
                "replace the layer that blocks, or, where all its units are dead, draw other first weights",
                "DEFault and TheDeepChecker: zero gradients; CS231n lecture 6, activation functions: dead units");
    }

    private static boolean zero(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (values[i] != 0) {
                return false;
            }
        }
        return true;
    }
}

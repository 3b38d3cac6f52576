package dev.nurture.plugins.checks.network;

import dev.nurture.plugins.checks.measure.Hidden;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.util.List;

/** Looks for hidden layers whose units all begin alike, and so stay alike. A last layer of zeros is none of these. */
final class FirstWeightsCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "first_weights",
            "Looks for hidden layers whose units all have the same first weights (CS231n lecture 6, weight"
                    + " initialization).",
            FirstWeightsCheck::new);

    @Override
    public List<Finding> look(Bench bench) {
        try (Rehearsal rehearsal = bench.rehearse()) {
            for (Rehearsal.LayerView layer : Hidden.of(rehearsal)) {
                for (Rehearsal.Tensor tensor : rehearsal.tensors()) {
                    if (tensor.layer().equals(layer.name()) && tensor.regularized() && alike(tensor)) {
                        return List.of(finding(layer, tensor));
                    }
                }
            }
            return List.of();
        }
    }

    private static Finding finding(Rehearsal.LayerView layer, Rehearsal.Tensor tensor) {
        return new Finding(
                        "symmetric_init",
                        Finding.Severity.FAIL,
                        "check",
                        tensor.name(),
                        0,
                        "= 0",
                        "all units of " + tensor.name() + " have the same first weights; they compute the same, get the"
                                + " same gradient and stay the same, as if there were one of them",
                        "draw the first weights at random: an initializer such as he or xavier at " + layer.path(),
                        "CS231n lecture 6, weight initialization: symmetry never breaks")
                .remedied(Hidden.initialized(List.of(layer)));
    }

    /** Tells whether every unit has the weights of the first; those of one unit are no case. */
    private static boolean alike(Rehearsal.Tensor tensor) {
        float[] w = tensor.values();
        boolean columns = tensor.shape().rank() == 2;
        if (tensor.shape().rank() < 2) {
            return false;
        }
        int units = columns ? tensor.shape().extent(1) : tensor.shape().extent(0);
        int inputs = w.length / units;
        for (int unit = 1; unit < units; unit++) {
            for (int i = 0; i < inputs; i++) {
                float first = columns ? w[i * units] : w[i];
                float other = columns ? w[i * units + unit] : w[unit * inputs + i];
                if (first != other) {
                    return false;
                }
            }
        }
        return units > 1;
    }
}

package dev.nurture.run;

import dev.nurture.spi.Finding;
import java.util.Comparator;
import java.util.List;

/** Which fault brings which about: what comes of the data shows in the first layers, and what comes of these in training. */
public final class Causes {
    /** A fault may be the cause of those behind it, never of those before it. */
    private static final List<String> ORDER = List.of(
            "non_finite_data",
            "label_range",
            "leaked_statistics",
            "input_scale",
            "uncentred_input",
            "constant_feature",
            "class_imbalance",
            "unshuffled_data",
            "split_leak",
            "loss_sign",
            "loss_not_mean",
            "double_softmax",
            "wrong_gradient",
            "batch_leak",
            "evaluation_not_deterministic",
            "normalization_statistics",
            "symmetric_init",
            "exploding_activations",
            "vanishing_activations",
            "saturated_activations",
            "no_nonlinearity",
            "blocked_gradient",
            "initial_loss",
            "regularization_overwhelms",
            "optimizer_step",
            "learning_rate_high",
            "learning_rate_low",
            "input_ignored",
            "random_labels",
            "cannot_overfit",
            "vanishing_gradient",
            "dead_units",
            "saturated_units",
            "exploding_gradient",
            "update_ratio",
            "diverging",
            "oscillating",
            "non_finite",
            "loss_stuck",
            "plateau",
            "underfitting",
            "overfitting",
            "stalled");

    /** The gravest first; of equally grave ones the one that may be the cause of the others. */
    public static final Comparator<Finding> ROOT_FIRST =
            Comparator.comparing(Finding::severity).reversed().thenComparingInt(finding -> place(finding.fault()));

    private Causes() {}

    private static int place(String fault) {
        int at = ORDER.indexOf(fault);
        return at < 0 ? ORDER.size() : at;
    }
}

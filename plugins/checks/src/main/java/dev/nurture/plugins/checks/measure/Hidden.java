package dev.nurture.plugins.checks.measure;

import dev.nurture.spi.Rehearsal;
import java.util.ArrayList;
import java.util.List;

/** The layers of a network that have weights, told into those within and the last, which gives scores or values. */
public final class Hidden {
    private Hidden() {}

    /** Returns the layers that have weights, in order. */
    private static List<Rehearsal.LayerView> weighted(Rehearsal rehearsal) {
        return rehearsal.layers().stream()
                .filter(layer -> rehearsal.tensors().stream()
                        .anyMatch(
                                tensor -> tensor.regularized() && tensor.layer().equals(layer.name())))
                .toList();
    }

    /** Returns the layers that have weights, but for the last. */
    public static List<Rehearsal.LayerView> of(Rehearsal rehearsal) {
        List<Rehearsal.LayerView> weighted = weighted(rehearsal);
        return weighted.isEmpty() ? weighted : weighted.subList(0, weighted.size() - 1);
    }

    /**
     * Returns the changes that give these layers the initializer that goes with their activation: He's where it has a
     * floor alone or no limit, Xavier's where it has two.
     */
    public static String[] initialized(List<Rehearsal.LayerView> layers) {
        List<String> changes = new ArrayList<>();
        for (Rehearsal.LayerView layer : layers) {
            changes.add(layer.path() + ".initializer=" + (layer.limits().both() ? "xavier" : "he"));
        }
        return changes.toArray(String[]::new);
    }
}

package dev.nurture.train;

import dev.nurture.config.Definition;
import dev.nurture.config.PartSettings;
import dev.nurture.model.Network;
import dev.nurture.model.NetworkPass;
import dev.nurture.model.VariableStore;
import dev.nurture.plugin.Kind;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what the activation that a layer ends with levels off to, whoever wrote it: by values far out on both sides. */
final class ActivationLimits {
    private static final float FAR = 1e3f;
    private static final float FARTHER = 1e4f;

    /** An activation that still moves by more than this between the two places has not levelled off. */
    private static final float STILL = 1e-3f;

    private ActivationLimits() {}

    /** Returns the limits of the activation that each stage of a network ends with; none where there is no one. */
    static List<Rehearsal.Limits> of(Definition definition, Network network, Compute compute) {
        Map<String, Rehearsal.Limits> limits = new HashMap<>();
        for (PartSettings layer : definition.model()) {
            limits.put(layer.path(), of(layer, compute));
        }
        return network.stages().stream().map(stage -> limits.get(stage.path())).toList();
    }

    /** Returns those of a layer of the model; none where it has no activation, or one with several inputs a unit. */
    private static Rehearsal.Limits of(PartSettings layer, Compute compute) {
        return activation(layer).map(part -> probe(part, compute)).orElse(Rehearsal.Limits.NONE);
    }

    private static Optional<PartSettings> activation(PartSettings layer) {
        if (layer.kind() == Kind.ACTIVATION) {
            return Optional.of(layer);
        }
        return layer.values().values().stream()
                .filter(value -> value instanceof PartSettings part && part.kind() == Kind.ACTIVATION)
                .map(PartSettings.class::cast)
                .findFirst();
    }

    private static Rehearsal.Limits probe(PartSettings part, Compute compute) {
        if (!(part.create() instanceof Layer layer)
                || layer instanceof ActivationLayer activation && activation.inputsPerUnit() != 1) {
            return Rehearsal.Limits.NONE;
        }
        float[] x = {-FARTHER, -FAR, FAR, FARTHER};
        float[] y = new float[x.length];
        try {
            VariableStore variables = new VariableStore(0, 1, compute.workers());
            if (layer.build(Shape.of(x.length), variables.scope("probe")).size() != x.length) {
                return Rehearsal.Limits.NONE;
            }
            variables.initialize();
            layer.forward(x, y, 1, new NetworkPass(compute, 0).evaluation());
        } catch (Throwable e) {
            throw PluginException.in("the limits of activation '" + part.name() + "'", e, part.origin());
        }
        return new Rehearsal.Limits(
                level(y[0], y[1]) ? y[0] : Float.NEGATIVE_INFINITY, level(y[3], y[2]) ? y[3] : Float.POSITIVE_INFINITY);
    }

    private static boolean level(float farther, float far) {
        return Float.isFinite(farther) && Math.abs(farther - far) <= STILL;
    }
}

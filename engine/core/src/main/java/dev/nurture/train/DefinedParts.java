package dev.nurture.train;

import dev.nurture.config.Definition;
import dev.nurture.config.PartSettings;
import dev.nurture.model.Network;
import dev.nurture.spi.Compute;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Optimizer;
import java.util.ArrayList;
import java.util.List;

/** Makes the parts that a definition names, for an experiment and for every copy of it. */
final class DefinedParts {
    private DefinedParts() {}

    static List<Network.Blueprint> layers(Definition definition) {
        List<Network.Blueprint> layers = new ArrayList<>();
        for (PartSettings part : definition.model()) {
            layers.add(new Network.Blueprint(part.name(), part.path(), part.create(Layer.class), part.origin()));
        }
        return layers;
    }

    static UpdateRule rule(Definition definition) {
        PartSettings optimizer = definition.optimizer();
        return new UpdateRule(optimizer.create(Optimizer.class), optimizer.name(), optimizer.origin());
    }

    static WeightUpdate update(Definition definition, UpdateRule rule, Network network, Compute compute) {
        return new WeightUpdate(
                network.variables().parameters(),
                rule,
                definition.regularization().l1(),
                definition.regularization().l2(),
                definition.training().clipNorm().orElse(Double.POSITIVE_INFINITY),
                compute,
                network.activity());
    }
}

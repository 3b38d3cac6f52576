package dev.nurture.experiments;

import dev.nurture.compute.BlasCompute;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.compute.Workers;
import dev.nurture.config.Definition;
import dev.nurture.config.Definitions;
import dev.nurture.config.PartSettings;
import dev.nurture.model.Network;
import dev.nurture.model.NetworkPass;
import dev.nurture.model.Parameter;
import dev.nurture.model.VariableStore;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.plugin.PluginLoader;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Targets;
import dev.nurture.train.Preprocessing;
import dev.nurture.train.UpdateRule;
import dev.nurture.train.WeightUpdate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The network of a definition in this process: the distribution's plugins, OpenBLAS, and one batch of rows. */
final class EngineNetwork implements AutoCloseable {
    static final PluginCatalog CATALOG = PluginLoader.load(List.of(Nurture.DISTRIBUTION.resolve("plugins")));
    static final BlasLibrary BLAS = BlasLibrary.load();

    private final Workers workers = new Workers(2);
    private final NetworkPass pass;
    private final Dataset rows;
    private final Targets targets;
    private final Network network;
    private final Loss loss;
    private final WeightUpdate update;

    static Definition definition(Path file) {
        return new Definitions(CATALOG).read(file, List.of());
    }

    /** Builds a definition's network for rows, which take the place of its data; preprocessing is fitted on them. */
    EngineNetwork(Definition definition, Dataset raw) {
        pass = new NetworkPass(new BlasCompute(BLAS.blas(), workers), definition.seed());
        List<Preprocessing.Blueprint> steps = new ArrayList<>();
        for (PartSettings part : definition.preprocess()) {
            steps.add(new Preprocessing.Blueprint(part.name(), part.path(), part.create(Preprocessor.class)));
        }
        List<Network.Blueprint> layers = new ArrayList<>();
        for (PartSettings part : definition.model()) {
            layers.add(new Network.Blueprint(part.name(), part.path(), part.create(Layer.class)));
        }
        Preprocessing preprocessing = Preprocessing.build(raw.shape(), steps, variables(definition, raw));
        rows = preprocessing.fit(raw, pass);
        targets = rows.classification() ? Targets.classes(rows.labels()) : Targets.values(rows.values());
        network = Network.build(preprocessing.output(), layers, variables(definition, raw));
        loss = definition.loss().create(Loss.class);
        update = new WeightUpdate(
                parameters(),
                new UpdateRule(
                        definition.optimizer().create(Optimizer.class),
                        definition.optimizer().name(),
                        definition.optimizer().origin()),
                definition.regularization().l1(),
                definition.regularization().l2(),
                Double.POSITIVE_INFINITY,
                pass.compute(),
                network.activity());
    }

    private VariableStore variables(Definition definition, Dataset raw) {
        return new VariableStore(definition.seed(), raw.rows(), workers.count());
    }

    List<Parameter> parameters() {
        return network.variables().parameters();
    }

    int outputs() {
        return network.output().size();
    }

    /** Returns the loss of the batch in training, penalties included, and leaves the gradients of all parameters. */
    double lossAndGradients() {
        double value = loss.evaluate(forward(), targets, network.outputGradients(), rows.rows(), rows.width());
        network.backward(rows.x(), rows.rows(), pass);
        return value + update.addPenalty();
    }

    /** Returns the loss of the batch in training, penalties included; the gradients are spoilt. */
    double loss() {
        return loss.evaluate(forward(), targets, null, rows.rows(), rows.width()) + update.addPenalty();
    }

    /** Every call is the same step, so that dropout drops the same units. */
    private float[] forward() {
        return network.forward(rows.x(), rows.rows(), pass.training(1, 0));
    }

    @Override
    public void close() {
        workers.close();
    }
}

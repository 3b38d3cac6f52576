package dev.nurture.train;

import dev.nurture.compute.BlasCompute;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.compute.Workers;
import dev.nurture.config.Definition;
import dev.nurture.config.DefinitionException;
import dev.nurture.config.Expectation;
import dev.nurture.config.Measure;
import dev.nurture.config.PartSettings;
import dev.nurture.config.Problem;
import dev.nurture.data.DataHome;
import dev.nurture.model.BuildException;
import dev.nurture.model.Network;
import dev.nurture.model.NetworkPass;
import dev.nurture.model.Parameter;
import dev.nurture.model.VariableStore;
import dev.nurture.observe.Regions;
import dev.nurture.plugin.Nearest;
import dev.nurture.plugin.PluginException;
import dev.nurture.run.Checkpoint;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Preprocessor;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Makes experiments ready from their definitions. Writes nothing. */
public final class ExperimentFactory {
    /** Evaluation in batches smaller than this wastes the processor, unless there are no more rows. */
    private static final int LEAST_CAPACITY = 128;

    private final BlasLibrary blas;
    private final DataHome dataHome;

    @Inject
    ExperimentFactory(BlasLibrary blas, DataHome dataHome) {
        this.blas = blas;
        this.dataHome = dataHome;
    }

    /**
     * Returns an experiment that has not begun: preprocessing fitted on the training split, weights initialised.
     *
     * @throws DataException if the data cannot be read or used
     * @throws DefinitionException if the parts do not fit each other or the data
     */
    public Experiment fresh(Definition definition) throws DataException {
        return make(definition, Optional.empty(), sha256 -> {});
    }

    /**
     * Returns an experiment as it stood at a checkpoint, to evaluate with or to go on with.
     *
     * @param hashed takes the hash of the rows, before anything is made of them
     * @throws DataException if the data cannot be read or used
     * @throws DefinitionException if the parts do not fit each other or the data
     * @throws IllegalArgumentException if the checkpoint is not of this network
     */
    public Experiment restored(Definition definition, Checkpoint checkpoint, Consumer<String> hashed)
            throws DataException {
        return make(definition, Optional.of(checkpoint), hashed);
    }

    private Experiment make(Definition definition, Optional<Checkpoint> checkpoint, Consumer<String> hashed)
            throws DataException {
        List<Preprocessing.Blueprint> steps = new ArrayList<>();
        for (PartSettings part : definition.preprocess()) {
            steps.add(new Preprocessing.Blueprint(
                    part.name(), part.path(), part.create(Preprocessor.class), part.origin()));
        }
        List<Network.Blueprint> layers = DefinedParts.layers(definition);
        Loss loss = definition.loss().create(Loss.class);
        UpdateRule rule = DefinedParts.rule(definition);
        LearningRate rate = new LearningRate(
                rule.learningRate(),
                definition.schedule().create(LearningRateSchedule.class),
                definition.schedule().origin());

        DataSource.Splits loaded = load(definition);
        String sha256 = DataFingerprint.of(loaded);
        hashed.accept(sha256);
        DataSplits raw = split(definition, loaded);
        checkBatchSize(definition, raw.train());
        checkLoss(definition, loss, raw.train());
        checkMetrics(definition, raw);

        Workers workers = new Workers(definition.training().threads());
        try {
            BlasCompute compute = new BlasCompute(blas.blas(), workers);
            NetworkPass pass = new NetworkPass(compute, definition.seed());
            int least = Math.min(LEAST_CAPACITY, raw.train().rows());
            int capacity = Math.max(definition.training().batchSize(), least);
            Preprocessing preprocessing = Preprocessing.build(
                    raw.train().shape(), steps, new VariableStore(definition.seed(), capacity, workers.count()));
            Network network = Network.build(
                    preprocessing.output(), layers, new VariableStore(definition.seed(), capacity, workers.count()));
            checkOutput(definition, network, raw.train());
            checkMeasures(definition, network);

            WeightUpdate update = DefinedParts.update(definition, rule, network, pass.compute());
            checkpoint.ifPresent(saved -> {
                Snapshot.restore(saved, preprocessing.variables());
                Snapshot.restore(saved, network.variables());
                Snapshot.restore(saved, network.variables(), update);
            });
            Optional<Regions> regions = Regions.of(raw.train());
            Dataset train = checkpoint.isPresent()
                    ? preprocessing.prepareTraining(raw.train(), pass)
                    : preprocessing.fit(raw.train(), pass);
            DataSplits prepared = new DataSplits(
                    train,
                    raw.validation().map(rows -> preprocessing.prepare(rows, pass)),
                    raw.test().map(rows -> preprocessing.prepare(rows, pass)));
            return new Experiment(
                    definition,
                    prepared,
                    sha256,
                    regions,
                    preprocessing,
                    network,
                    new LossFunction(
                            loss, definition.loss().name(), definition.loss().origin(), network),
                    update,
                    rate,
                    pass,
                    workers,
                    compute.counters(),
                    checkpoint.map(Snapshot::state).orElseGet(Trainer.State::beginning));
        } catch (BuildException e) {
            workers.close();
            throw problem(definition, e.path(), e.getMessage());
        } catch (RuntimeException | Error e) {
            workers.close();
            throw e;
        }
    }

    private DataSource.Splits load(Definition definition) throws DataException {
        DataSource source = definition.data().source().create(DataSource.class);
        Path folder = dataHome.folder(definition.data().source().name());
        RandomGenerator random = new KeyedRandom(KeyedRandom.key(definition.dataSeed(), "data"));
        try {
            DataSource.Splits splits = source.load(new DataSource.Context() {
                @Override
                public Path folder() {
                    return folder;
                }

                @Override
                public RandomGenerator random() {
                    return random;
                }
            });
            if (splits == null) {
                throw new IllegalArgumentException("plugin " + PluginException.pluginOf(source) + " gave no rows");
            }
            DatasetCheck.check(splits);
            return splits;
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException("data '" + definition.data().source().name() + "': " + e.getMessage(), e);
        } catch (Throwable e) {
            throw PluginException.in(
                    "loading data '" + definition.data().source().name() + "'", e);
        }
    }

    private static DataSplits split(Definition definition, DataSource.Splits loaded) throws DataException {
        Definition.Data data = definition.data();
        try {
            return DataSplits.of(
                    loaded, data.limit().orElse(null), data.validation(), data.test(), definition.dataSeed());
        } catch (IllegalArgumentException e) {
            throw new DataException("data '" + data.source().name() + "': " + e.getMessage(), e);
        }
    }

    private static void checkBatchSize(Definition definition, Dataset train) {
        int batchSize = definition.training().batchSize();
        if (batchSize > train.rows()) {
            throw problem(
                    definition,
                    "training.batch_size",
                    batchSize + " is more than the " + train.rows() + " rows there are to train on");
        }
    }

    private static void checkLoss(Definition definition, Loss loss, Dataset train) {
        if (!train.classification() && !loss.regression()) {
            throw problem(
                    definition,
                    "loss",
                    "'" + definition.loss().name() + "' needs classes, but the targets of data '"
                            + definition.data().source().name() + "' are values");
        }
    }

    /** Refuses what rests on a metric that this data does not give. */
    private static void checkMetrics(Definition definition, DataSplits splits) {
        Map<String, String> paths = new LinkedHashMap<>();
        definition
                .training()
                .earlyStopping()
                .ifPresent(early -> paths.put("training.early_stopping.metric", early.metric()));
        Expectation.measures(definition.expect())
                .forEach(measure -> paths.put("expect." + measure.name(), measure.name()));
        paths.forEach((path, metric) -> {
            if (metric.endsWith("_accuracy") && !splits.train().classification()) {
                throw problem(
                        definition,
                        path,
                        metric + " is not measured: the targets of data '"
                                + definition.data().source().name() + "' are values, not classes");
            }
            if (metric.startsWith("test_") && splits.test().isEmpty()) {
                throw problem(definition, path, metric + " is not measured: there is no test split");
            }
        });
    }

    /** Refuses to expect something of layers or weights that there are not, or that nobody looks at. */
    private static void checkMeasures(Definition definition, Network network) {
        List<String> layers = network.stages().stream().map(Network.Stage::name).toList();
        List<String> weights =
                network.variables().parameters().stream().map(Parameter::name).toList();
        boolean looked = !definition.monitors().enabled().isEmpty()
                || definition.training().epochs() == 0;
        Expectation.measures(definition.expect()).forEach(measure -> {
            boolean ofLayer = measure.kind() == Measure.Kind.LAYER;
            if (!ofLayer && measure.kind() != Measure.Kind.WEIGHT) {
                return;
            }
            if (!looked) {
                throw problem(definition, "expect." + measure.name(), "nothing is measured when all monitors are off");
            }
            List<String> names = ofLayer ? layers : weights;
            if (!measure.detail().equals(Measure.ALL) && !names.contains(measure.detail())) {
                throw problem(
                        definition,
                        "expect." + measure,
                        "there is no " + (ofLayer ? "layer" : "weight") + " '" + measure.detail() + "'"
                                + Nearest.hint(measure.detail(), names));
            }
        });
    }

    private static void checkOutput(Definition definition, Network network, Dataset train) {
        if (network.output().size() != train.width()) {
            throw problem(
                    definition,
                    "model[" + (definition.model().size() - 1) + "]",
                    "the network gives " + network.output() + " values a row, but data '"
                            + definition.data().source().name() + "' has " + train.width()
                            + (train.classification() ? " classes" : " targets"));
        }
    }

    /** Returns the problem at a path, with the line of the part that stands there. */
    private static DefinitionException problem(Definition definition, String path, String message) {
        PartSettings at = definition.parts().stream()
                .filter(part -> part.path().equals(path))
                .findFirst()
                .orElse(null);
        return new DefinitionException(
                at != null
                        ? new Problem(at.mark().source(), at.mark().line(), path, message)
                        : new Problem(definition.data().source().mark().source(), 0, path, message));
    }
}

package dev.nurture.train;

import dev.nurture.compute.Workers;
import dev.nurture.config.Definition;
import dev.nurture.model.Network;
import dev.nurture.model.NetworkPass;
import dev.nurture.observe.Regions;
import dev.nurture.run.Checkpoint;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.RunListener.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An experiment made ready: rows in splits and prepared, the network built. Used by one thread; closing ends its workers. */
public final class Experiment implements AutoCloseable {
    private final Definition definition;
    private final DataSplits splits;
    private final String dataSha256;
    private final Optional<Regions> regions;
    private final Preprocessing preprocessing;
    private final Network network;
    private final WeightUpdate update;
    private final Trainer trainer;
    private final Evaluator evaluator;
    private final LossFunction loss;
    private final NetworkPass pass;
    private final LearningRate learningRate;
    private final Workers workers;
    private final List<Counter> counters;
    private final Monitoring monitoring;

    Experiment(
            Definition definition,
            DataSplits splits,
            String dataSha256,
            Optional<Regions> regions,
            Preprocessing preprocessing,
            Network network,
            LossFunction loss,
            WeightUpdate update,
            LearningRate learningRate,
            NetworkPass pass,
            Workers workers,
            List<Counter> counters,
            Trainer.State from) {
        this.definition = definition;
        this.splits = splits;
        this.dataSha256 = dataSha256;
        this.regions = regions;
        this.preprocessing = preprocessing;
        this.network = network;
        this.update = update;
        this.loss = loss;
        this.pass = pass;
        this.learningRate = learningRate;
        this.workers = workers;
        this.counters = counters;
        Trainer.Plan plan = plan(definition, splits);
        monitoring = new Monitoring(
                definition.monitors(),
                watched(splits.train(), plan),
                new StepProbe(network, ActivationLimits.of(definition, network, pass.compute()), pass.compute()),
                network.activity());
        trainer = new Trainer(
                network,
                preprocessing,
                loss,
                update,
                learningRate,
                splits.train(),
                splits.validation(),
                pass,
                monitoring,
                plan,
                from);
        evaluator = new Evaluator(network, loss, pass);
    }

    private static Trainer.Plan plan(Definition definition, DataSplits splits) {
        Definition.Training training = definition.training();
        String watched = training.earlyStopping()
                .map(Definition.EarlyStopping::metric)
                .orElse(splits.validation().isPresent() ? "validation_loss" : "train_loss");
        int patience =
                training.earlyStopping().map(Definition.EarlyStopping::patience).orElse(Integer.MAX_VALUE);
        return new Trainer.Plan(definition.seed(), training.epochs(), training.batchSize(), watched, patience);
    }

    private Monitor.Training watched(Dataset train, Trainer.Plan plan) {
        int stepsPerEpoch = (train.rows() + plan.batchSize() - 1) / plan.batchSize();
        int classes = train.classification() ? train.width() : 0;
        int interval = definition.monitors().interval();
        return new Monitor.Training(stepsPerEpoch, plan.batchSize(), interval, classes, loss.initial(), plan());
    }

    /** Returns what watches the training. */
    Monitoring monitoring() {
        return monitoring;
    }

    public Definition definition() {
        return definition;
    }

    /** Returns the rows as the network gets them. */
    public DataSplits splits() {
        return splits;
    }

    /** Returns what is counted while it is trained. Any thread. */
    public List<Counter> counters() {
        List<Counter> all = new ArrayList<>(counters);
        all.addAll(trainer.counters());
        return all;
    }

    /** Returns the hash of the rows as they were loaded. */
    public String dataSha256() {
        return dataSha256;
    }

    /** Returns what asks the network for its decision regions; empty where rows do not lie in a plane. */
    Optional<Regions> regions() {
        return regions;
    }

    /**
     * Returns what a user is shown for each row, {@code width} values a row.
     *
     * @param raw rows as they are loaded; overwritten
     */
    float[] predict(Dataset raw) {
        return evaluator.predict(preprocessing.prepare(raw, pass));
    }

    public Network network() {
        return network;
    }

    /** Returns the loss of the network's outputs. */
    public LossFunction loss() {
        return loss;
    }

    /** Returns what training is to be, as checks see it. */
    public Bench.Plan plan() {
        Definition.Training training = definition.training();
        return new Bench.Plan(
                training.epochs(),
                training.batchSize(),
                update.rule().learningRate(),
                definition.regularization().l1(),
                definition.regularization().l2(),
                loss.initial(),
                definition.loss().name(),
                definition.optimizer().name());
    }

    /** Returns the learning rate of a step, from 1, as long as no evaluation has been. */
    public double learningRate(long step) {
        return learningRate.at(trainer.planned(step - 1), network.activity());
    }

    /**
     * Returns a copy of the experiment before its first step; shares no state with it but the workers.
     *
     * @param closed takes the copy when nobody uses it any more
     */
    ExperimentCopy copy(Consumer<ExperimentCopy> closed) {
        return new ExperimentCopy(
                definition, network.input(), network.variables().capacity(), pass.compute(), closed);
    }

    /** Returns the names of the buffers of preprocessing that changed after it was fitted. */
    public List<String> unsteadyPreprocessing() {
        return preprocessing.unsteady();
    }

    /** Returns the pass of this experiment's one training thread. */
    public NetworkPass pass() {
        return pass;
    }

    public Trainer trainer() {
        return trainer;
    }

    public Evaluator evaluator() {
        return evaluator;
    }

    /** Returns the threads that compute beside the training thread; the first is worker 1. */
    List<Thread> workers() {
        return workers.threads();
    }

    /** Returns how many workers compute. */
    public int threads() {
        return workers.count();
    }

    /** Returns all that is needed to go on from here; shares the arrays of the network. */
    Checkpoint checkpoint(Map<String, String> metadata) {
        return Snapshot.of(network.variables(), preprocessing.variables(), update, trainer.state(), metadata);
    }

    /** Puts the weights and buffers of a checkpoint in place, to evaluate with; slots and trainer stay where they are. */
    void restore(Checkpoint checkpoint) {
        Snapshot.restore(checkpoint, network.variables());
        Snapshot.restore(checkpoint, preprocessing.variables());
    }

    @Override
    public void close() {
        workers.close();
    }
}

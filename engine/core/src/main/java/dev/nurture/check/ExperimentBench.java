package dev.nurture.check;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Rehearsal;
import dev.nurture.train.Experiment;
import dev.nurture.train.Rehearsals;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Lends an experiment that has not begun to one check. */
final class ExperimentBench implements Bench {
    private final Experiment experiment;
    private final Rehearsals rehearsals;
    private final String check;
    private int orderedEpoch;
    private int[] order;

    /** @param check the name of the check, whose random stream is its own */
    ExperimentBench(Experiment experiment, Rehearsals rehearsals, String check) {
        this.experiment = experiment;
        this.rehearsals = rehearsals;
        this.check = check;
    }

    Experiment experiment() {
        return experiment;
    }

    @Override
    public Dataset train() {
        return experiment.splits().train();
    }

    @Override
    public Optional<Dataset> validation() {
        return experiment.splits().validation();
    }

    @Override
    public Optional<Dataset> test() {
        return experiment.splits().test();
    }

    @Override
    public Plan plan() {
        return experiment.plan();
    }

    @Override
    public int[] order(int epoch) {
        // Asked for at every step of an epoch, and drawn anew for all of its rows each time.
        if (epoch != orderedEpoch) {
            order = experiment.trainer().order(epoch);
            orderedEpoch = epoch;
        }
        return order.clone();
    }

    @Override
    public double learningRate(long step) {
        return experiment.learningRate(step);
    }

    @Override
    public List<String> unsteadyPreprocessing() {
        return experiment.unsteadyPreprocessing();
    }

    @Override
    public Rehearsal rehearse() {
        return rehearsals.take();
    }

    @Override
    public RandomGenerator random() {
        long key = KeyedRandom.key(experiment.definition().seed(), "check");
        return new KeyedRandom(KeyedRandom.key(key, check));
    }
}

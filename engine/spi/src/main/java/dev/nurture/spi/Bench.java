package dev.nurture.spi;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What the engine lends a {@link SanityCheck}: the rows, the plan, and as many copies of the experiment as it wants. */
public interface Bench {
    /** Returns the training rows as the network gets them, augmentation apart, in a random order; not to be changed. */
    Dataset train();

    /** Returns the validation rows as the network gets them; not to be changed. */
    Optional<Dataset> validation();

    /** Returns the test rows as the network gets them; not to be changed. */
    Optional<Dataset> test();

    /** Returns what training is to be. */
    Plan plan();

    /**
     * Returns which training rows the batches of an epoch hold, batch after batch.
     *
     * @param epoch from 1
     */
    int[] order(int epoch);

    /**
     * Returns the learning rate of a step by the plan, schedule applied, as long as no evaluation has been.
     *
     * @param step from 1
     */
    double learningRate(long step);

    /** Returns the names of what preprocessing had learned and changed after it was fitted; empty when all is well. */
    List<String> unsteadyPreprocessing();

    /** Returns a new copy of the experiment as it stands before its first step; whoever takes it closes it. */
    Rehearsal rehearse();

    /** Returns a random stream of this check's own, the same at every start of the experiment. */
    RandomGenerator random();

    /**
     * What training is to be.
     *
     * @param learningRate as the definition has it, before any schedule
     * @param l1 the factor of {@code Σ|w|} in the loss
     * @param l2 the factor of {@code ½·Σw²} in the loss
     * @param chance the loss in theory of a network that knows nothing; NaN when there is none
     * @param lossName as in the definition
     */
    record Plan(
            int epochs,
            int batchSize,
            double learningRate,
            double l1,
            double l2,
            double chance,
            String lossName,
            String optimizerName) {}
}

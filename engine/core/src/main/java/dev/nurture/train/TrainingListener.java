package dev.nurture.train;

import dev.nurture.spi.Finding;
import dev.nurture.spi.StepStatistics;

/** Hears how training goes, on the training thread. */
public interface TrainingListener {
    /**
     * Takes a step; quick, and allocates nothing.
     *
     * @param step from 1
     * @param loss of the batch before the step, penalties included
     * @param penalty the part of the loss that is penalties on weights
     */
    default void stepped(long step, double loss, double penalty, double learningRate, double seconds) {}

    /** Takes what a step did inside the network, if it is one that is looked at. */
    default void sampled(StepStatistics statistics) {}

    /**
     * Takes what a batch left in a network that is not to be trained.
     *
     * @param rows of the batch
     */
    default void untrained(StepStatistics statistics, int rows) {}

    /**
     * Takes that training stands between two steps of an epoch, where it could be taken up again; quick, unless a
     * checkpoint is written.
     *
     * @param step how many are done
     * @throws java.io.UncheckedIOException if it cannot be written; training ends
     */
    default void between(long step) {}

    /**
     * Takes an epoch's figures, after its evaluation.
     *
     * @param best whether the watched metric has never been better
     * @param last whether training ends here
     * @throws java.io.UncheckedIOException if they cannot be recorded; training ends
     */
    void epochFinished(EpochReport report, boolean best, boolean last);

    /**
     * Takes what a monitor found; of severity {@code FAIL}, training ends before the next step.
     *
     * @throws java.io.UncheckedIOException if it cannot be recorded; training ends
     */
    default void found(Finding finding) {}
}

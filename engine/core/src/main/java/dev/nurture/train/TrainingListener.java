package dev.nurture.train;

import dev.nurture.spi.Finding;

/** Hears how training goes, on the training thread. */
public interface TrainingListener {
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

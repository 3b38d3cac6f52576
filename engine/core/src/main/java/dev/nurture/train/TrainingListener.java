package dev.nurture.train;

/** Hears of each epoch, on the training thread, after its evaluation. */
public interface TrainingListener {
    /**
     * Takes an epoch's figures.
     *
     * @param best whether the watched metric has never been better
     * @param last whether training ends here
     * @throws java.io.UncheckedIOException if they cannot be recorded; training ends
     */
    void epochFinished(EpochReport report, boolean best, boolean last);
}

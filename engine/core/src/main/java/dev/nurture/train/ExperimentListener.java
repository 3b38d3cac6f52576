package dev.nurture.train;

import dev.nurture.run.RunDirectory;
import dev.nurture.spi.Finding;
import java.io.IOException;

/** Hears how a run goes, on its own thread; for showing it to people. */
public interface ExperimentListener {
    /** The run directory is made and training is about to begin. */
    void started(Experiment experiment, RunDirectory directory);

    /** An epoch is finished and recorded. */
    void epochFinished(EpochReport report, boolean best);

    /**
     * A checkpoint is written.
     *
     * @throws IOException if it is to be read and cannot be
     */
    default void saved(long step) throws IOException {}

    /** A monitor found something, and it is recorded. */
    void found(Finding finding);
}

package dev.nurture.cli;

import dev.nurture.config.Definition;
import dev.nurture.config.Definitions;
import dev.nurture.run.Checkpoint;
import dev.nurture.run.CheckpointException;
import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.DecisiveProvenance;
import dev.nurture.run.RunFiles;
import dev.nurture.run.Storage;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentFactory;
import dev.nurture.train.RunMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes up the networks that runs ended with, to use them. */
final class TrainedRuns {
    private final Console console;
    private final Definitions definitions;
    private final ExperimentFactory factory;
    private final Storage storage;

    TrainedRuns(Console console, Definitions definitions, ExperimentFactory factory, Storage storage) {
        this.console = console;
        this.definitions = definitions;
        this.factory = factory;
        this.storage = storage;
    }

    /**
     * Returns the experiment of a run with the weights that it ended with; whoever takes it closes it.
     *
     * @throws CommandFailure if there is no such network
     */
    Experiment restored(Path run) throws Exception {
        RunFiles files = new RunFiles(run);
        if (!Files.isRegularFile(files.experiment())) {
            throw new CommandFailure(
                    ExitCode.AT_FAULT,
                    run + ": is no run directory: it has no "
                            + files.experiment().getFileName(),
                    null);
        }
        Definition definition = definitions.read(files.experiment(), List.of());
        Checkpoint checkpoint = checkpoint(run, files, definition);
        try {
            return factory.restored(definition, checkpoint, rows -> warnOfData(run, checkpoint, rows));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.AT_FAULT, run + ": " + e.getMessage(), e);
        }
    }

    private void warnOfData(Path run, Checkpoint checkpoint, String sha256) {
        if (!DecisiveProvenance.dataSha256(checkpoint).equals(sha256)) {
            console.warning(run + ": its data have changed since it was trained, so rows that it was trained on"
                    + " may be among these");
        }
    }

    /** Returns the checkpoint the run ended with: the best where the definition goes back to it, otherwise the last. */
    private Checkpoint checkpoint(Path run, RunFiles files, Definition definition) throws Exception {
        CheckpointFolder folder = new CheckpointFolder(storage, files.checkpoints());
        if (!Files.isDirectory(files.checkpoints())) {
            throw new CommandFailure(ExitCode.AT_FAULT, run + ": has no checkpoints", null);
        }
        CheckpointFolder.Latest latest = folder.latest();
        for (CheckpointException rejected : latest.rejected()) {
            console.warning(rejected.getMessage());
        }
        Checkpoint last = latest.checkpoint()
                .orElseThrow(() -> new CommandFailure(ExitCode.AT_FAULT, run + ": has no valid checkpoint", null));
        boolean restoreBest = definition
                .training()
                .earlyStopping()
                .map(Definition.EarlyStopping::restoreBest)
                .orElse(false);
        long best = RunMark.of(last).bestStep();
        return restoreBest && best > 0 && best != last.step() ? folder.load(best) : last;
    }
}

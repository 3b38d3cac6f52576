package dev.nurture.cli;

import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.Definition;
import dev.nurture.config.Definitions;
import dev.nurture.run.Checkpoint;
import dev.nurture.run.CheckpointException;
import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.CheckpointStore;
import dev.nurture.run.DecisiveProvenance;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectories;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunFiles;
import dev.nurture.run.RunRecord;
import dev.nurture.run.RunSummary;
import dev.nurture.run.Status;
import dev.nurture.run.Storage;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentFactory;
import dev.nurture.train.RunMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes up a run that did not come to its end, and brings it there as if nothing had happened. */
@CommandLine.Command(
        name = "resume",
        description = "Goes on with a run that was interrupted or failed, from its last checkpoint.",
        sortOptions = false)
final class ResumeCommand extends TrainingCommand {
    @Parameters(index = "0", paramLabel = "RUN", description = "The run directory.")
    Path folder;

    @Option(
            names = "--force",
            description =
                    "Also where definition, data, plugins or platform have changed, and where a finding has ended it.")
    boolean force;

    ResumeCommand(Console console) {
        super(console);
    }

    @Override
    boolean goesOnRegardless() {
        return force;
    }

    @Override
    int execute() throws Exception {
        RunFiles files = new RunFiles(folder);
        // Before the directory is taken, so that nothing at all is changed in that of a finished run.
        if (succeeded(summary(files))) {
            return nothingToDo(files);
        }
        try (RunDirectory directory = engine(RunDirectories.class).open(folder)) {
            Optional<RunSummary> summary = summary(files);
            if (succeeded(summary)) {
                return nothingToDo(files);
            }
            summary.ifPresent(this::refuseEndedByAFinding);
            Definition definition = engine(Definitions.class).read(files.experiment(), listenerOptions.overrides());
            warnOfPlugins();
            engine(BlasLibrary.class).warning().ifPresent(console()::warning);
            Optional<Checkpoint> checkpoint = latest(directory, definition);
            return checkpoint.isPresent()
                    ? goOn(definition, checkpoint.get(), directory)
                    : beginAgain(definition, summary, directory);
        }
    }

    /** Returns what the record says; nothing where the run was killed before it had one. */
    private Optional<RunSummary> summary(RunFiles files) throws IOException {
        Storage storage = engine(Storage.class);
        return storage.exists(files.record()) ? Optional.of(RunSummary.read(storage, folder)) : Optional.empty();
    }

    private static boolean succeeded(Optional<RunSummary> summary) {
        return summary.map(RunSummary::status).equals(Optional.of(Status.SUCCEEDED));
    }

    private int nothingToDo(RunFiles files) {
        console().notice("run " + folder + " has succeeded; there is nothing to go on with");
        supervision().showRecord(files);
        return ExitCode.DONE;
    }

    private void refuseEndedByAFinding(RunSummary summary) {
        int exit = summary.exit().orElse(ExitCode.DONE);
        if (!force && (exit == ExitCode.CHECK_FAILED || exit == ExitCode.STOPPED)) {
            String cause = summary.cause().map(reason -> ": " + reason).orElse("");
            throw new CommandFailure(
                    ExitCode.AT_FAULT,
                    "run " + folder + (exit == ExitCode.STOPPED ? " was stopped by a monitor" : " failed its check-up")
                            + cause + "; it would come to the same again (--force tries)",
                    null);
        }
    }

    /** Returns the checkpoint to go on from; those above it that are not valid are set aside. */
    private Optional<Checkpoint> latest(RunDirectory directory, Definition definition) throws IOException {
        CheckpointStore store =
                CheckpointStore.open(directory, definition.training().keep());
        CheckpointFolder.Latest latest = store.latest();
        for (CheckpointException rejected : latest.rejected()) {
            console().warning(rejected.getMessage() + "; it was set aside, in quarantine/");
        }
        return latest.checkpoint();
    }

    private int goOn(Definition definition, Checkpoint checkpoint, RunDirectory directory) throws Exception {
        long start = System.nanoTime();
        List<String> drift = new ArrayList<>();
        RunMark mark;
        Experiment made;
        try {
            mark = RunMark.of(checkpoint);
            made = engine(ExperimentFactory.class)
                    .restored(definition, checkpoint, data -> drift.addAll(allowedDrift(definition, checkpoint, data)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.AT_FAULT, "run " + folder + " cannot go on: " + e.getMessage(), e);
        }
        try (Experiment experiment = made) {
            RunRecord record = RunRecord.resume(directory, checkpoint.step(), drift);
            record.done("prepare", seconds(start));
            Provenance provenance = supervision().provenance(definition, experiment.dataSha256());
            return supervision().supervise(experiment, directory, record, provenance, Optional.of(mark));
        }
    }

    /** Returns what is not as it was when the checkpoint was written, where that is no reason to refuse. */
    private List<String> allowedDrift(Definition definition, Checkpoint checkpoint, String dataSha256) {
        List<String> drift = DecisiveProvenance.drift(checkpoint, supervision().provenance(definition, dataSha256));
        if (!force && !drift.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.AT_FAULT,
                    "run " + folder + " cannot go on as it was (--force goes on all the same): "
                            + String.join("; ", drift),
                    null);
        }
        drift.forEach(console()::warning);
        return drift;
    }

    private int beginAgain(Definition definition, Optional<RunSummary> summary, RunDirectory directory)
            throws Exception {
        console().notice("run " + folder + " has no valid checkpoint; it begins again");
        long start = System.nanoTime();
        try (Experiment experiment = engine(ExperimentFactory.class).fresh(definition)) {
            double prepared = seconds(start);
            directory.deleteLogs();
            RunRecord record = summary.isPresent()
                    ? RunRecord.resume(directory, 0, List.of())
                    : new RunRecord(directory, definition.name(), definition.seed());
            Provenance provenance = supervision().provenance(definition, experiment.dataSha256());
            record.provenance(provenance);
            record.done("prepare", prepared);
            return supervision().supervise(experiment, directory, record, provenance, Optional.empty());
        }
    }
}

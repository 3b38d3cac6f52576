package dev.nurture.cli;

import dev.nurture.config.Definition;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunRecord;
import dev.nurture.train.Experiment;
import java.util.Optional;
import picocli.CommandLine;

/** Prepares, trains, evaluates and reports. */
@CommandLine.Command(
        name = "run",
        description = "Runs an experiment: prepares the data, checks, trains, evaluates, and leaves a run directory.",
        sortOptions = false)
final class RunCommand extends FreshCommand {
    RunCommand(Console console) {
        super(console);
    }

    @Override
    int work(Definition definition, Experiment experiment, RunDirectory directory, RunRecord record, Provenance made)
            throws Exception {
        return supervise(experiment, directory, record, made, Optional.empty());
    }
}

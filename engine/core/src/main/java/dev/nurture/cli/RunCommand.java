package dev.nurture.cli;

import dev.nurture.run.RunDirectory;
import dev.nurture.train.Experiment;
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
    int work(Experiment experiment, RunDirectory directory, double prepared) throws Exception {
        return supervision().train(experiment, directory, prepared);
    }
}

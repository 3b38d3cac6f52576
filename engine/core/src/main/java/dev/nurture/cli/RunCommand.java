package dev.nurture.cli;

import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.Definition;
import dev.nurture.config.DefinitionWriter;
import dev.nurture.config.Definitions;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectories;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunRecord;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prepares, trains, evaluates and reports. */
@CommandLine.Command(
        name = "run",
        description = "Runs an experiment: prepares the data, trains, evaluates, and leaves a run directory.",
        sortOptions = false)
final class RunCommand extends TrainingCommand {
    @Parameters(
            index = "0",
            paramLabel = "DEF",
            description = "The definition: a .yaml, .json, .xml or .properties file.")
    Path definitionFile;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Overrides, such as training.epochs=5 or model[0].units=64.")
    List<String> overrides = new ArrayList<>();

    @Option(names = "--runs", paramLabel = "DIR", description = "Where run directories are made (default: runs).")
    Path runs = Path.of("runs");

    @Option(names = "--run-dir", paramLabel = "DIR", description = "This very folder, new or empty.")
    Path runDirectory;

    RunCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws Exception {
        Definition definition = engine(Definitions.class).read(definitionFile, overrides);
        warnOfPlugins();
        warnOfUnread(definition);
        engine(BlasLibrary.class).warning().ifPresent(console()::warning);
        long start = System.nanoTime();
        try (Experiment experiment = engine(ExperimentFactory.class).fresh(definition)) {
            double prepared = seconds(start);
            try (RunDirectory directory = makeDirectory(definition.name())) {
                return run(experiment, directory, prepared);
            }
        }
    }

    /** Says which sections of the definition have no effect yet. */
    private void warnOfUnread(Definition definition) {
        List<String> unread = new ArrayList<>();
        definition.checks().other().entries().keySet().forEach(check -> unread.add("checks." + check));
        definition.monitors().other().entries().keySet().forEach(monitor -> unread.add("monitors." + monitor));
        if (definition.metrics().port().isPresent() || definition.metrics().required()) {
            unread.add("metrics");
        }
        if (!unread.isEmpty()) {
            console().warning(String.join(", ", unread) + ": nothing reads this part of the definition yet");
        }
    }

    private RunDirectory makeDirectory(String name) throws IOException {
        RunDirectories directories = engine(RunDirectories.class);
        return runDirectory == null ? directories.create(runs, name) : directories.createAt(runDirectory);
    }

    private int run(Experiment experiment, RunDirectory directory, double prepared) throws IOException {
        Definition definition = experiment.definition();
        String resolved = engine(DefinitionWriter.class).write(definition);
        AtomicFile.write(directory.storage(), directory.files().experiment(), resolved);
        RunRecord record = new RunRecord(directory, definition.name(), definition.seed());
        Provenance provenance = provenance(definition, experiment.dataSha256());
        record.provenance(provenance);
        record.done("prepare", prepared);
        return supervise(experiment, directory, record, provenance, Optional.empty());
    }
}

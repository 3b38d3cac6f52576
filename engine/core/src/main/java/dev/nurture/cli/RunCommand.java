package dev.nurture.cli;

import dev.nurture.check.CheckUp;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.Definition;
import dev.nurture.config.DefinitionWriter;
import dev.nurture.config.Definitions;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.FindingsFile;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectories;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunRecord;
import dev.nurture.run.Sha256;
import dev.nurture.run.Status;
import dev.nurture.spi.Finding;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentFactory;
import dev.nurture.train.ExperimentResult;
import dev.nurture.train.ExperimentRun;
import dev.nurture.train.Trainer;
import dev.nurture.train.Whereabouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
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
final class RunCommand extends Command {
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

    @Option(
            names = "--progress",
            paramLabel = "auto|plain|none",
            description = "How progress is shown (default: auto).")
    RunDisplay.Progress progress = RunDisplay.Progress.auto;

    RunCommand(Console console) {
        super(console);
    }

    @Override
    int execute() throws Exception {
        Definition definition = engine(Definitions.class).read(definitionFile, overrides);
        warnOfPlugins();
        warnOfUnread(definition);
        BlasLibrary blas = engine(BlasLibrary.class);
        blas.warning().ifPresent(console()::warning);
        long start = System.nanoTime();
        try (Experiment experiment = engine(ExperimentFactory.class).fresh(definition)) {
            double prepared = (System.nanoTime() - start) / 1e9;
            try (RunDirectory directory = makeDirectory(definition.name())) {
                return run(experiment, directory, blas, prepared);
            }
        }
    }

    /** Says which sections of the definition have no effect yet. */
    private void warnOfUnread(Definition definition) {
        List<String> unread = new ArrayList<>();
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

    private int run(Experiment experiment, RunDirectory directory, BlasLibrary blas, double prepared)
            throws IOException {
        Definition definition = experiment.definition();
        String resolved = engine(DefinitionWriter.class).write(definition);
        AtomicFile.write(directory.storage(), directory.files().experiment(), resolved);
        RunRecord record = new RunRecord(directory, definition.name(), definition.seed());
        Provenance provenance = Provenance.here(
                blas.description(),
                experiment.threads(),
                Sha256.hex(engine(DefinitionWriter.class).writeDecisive(definition)),
                experiment.dataSha256(),
                engine(PluginCatalog.class).jars());
        record.provenance(provenance);
        record.done("prepare", prepared);
        RunReport report = new RunReport(console(), options.json, blas);
        Whereabouts whereabouts = new Whereabouts(experiment);
        UnfinishedRun unfinished = new UnfinishedRun(console(), record, whereabouts);
        Interruption interruption = Interruption.listen(experiment.trainer());
        try {
            if (options.verbose) {
                console()
                        .message("started in "
                                + ManagementFactory.getRuntimeMXBean().getUptime() + " ms");
            }
            List<Finding> found = checkUp(experiment, record);
            Optional<Finding> forbidding = CheckUp.forbidding(found);
            if (forbidding.isPresent()) {
                new FindingsFile(directory).write(found);
                record.finish(
                        Status.FAILED, ExitCode.CHECK_FAILED, forbidding.get().message());
                report.refused(found, directory);
                showRecord(directory);
                return ExitCode.CHECK_FAILED;
            }
            ExperimentResult result;
            try (RunDisplay display = new RunDisplay(console(), report, progress)) {
                ExperimentRun run = new ExperimentRun(experiment, directory, record, provenance, found, display);
                StalledRun stalled = new StalledRun(
                        definition.monitors().stalled(), console(), run, record, whereabouts, finding -> {
                            display.close();
                            report.found(finding);
                            showRecord(directory);
                        });
                try (stalled) {
                    result = run.execute();
                }
            }
            int exit = exit(result, interruption);
            record.finish(status(result.end()), exit, cause(result));
            report.finished(result, directory);
            showRecord(directory);
            return exit;
        } catch (IOException | RuntimeException | Error e) {
            Failure failure = Failure.of(e);
            try {
                record.finish(Status.FAILED, failure.exit(), failure.message());
            } catch (IOException | RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        } finally {
            interruption.close();
            unfinished.close();
        }
    }

    private List<Finding> checkUp(Experiment experiment, RunRecord record) throws IOException {
        record.begin("check");
        List<Finding> found = new CheckUp(experiment, name -> console().status("checking: " + name)).look();
        console().status("");
        if (CheckUp.forbidding(found).isEmpty()) {
            record.end();
        }
        return found;
    }

    /** Shows the record where the result is wanted as JSON. */
    private void showRecord(RunDirectory directory) {
        if (options.json) {
            try {
                console().result(Files.readString(directory.files().record()).strip());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static int exit(ExperimentResult result, Interruption interruption) {
        return switch (result.end()) {
            case STOPPED -> interruption.exit();
            case NON_FINITE -> ExitCode.STOPPED;
            case COMPLETED, EARLY_STOPPED -> result.unmet().isEmpty() ? ExitCode.DONE : ExitCode.NOT_AS_EXPECTED;
        };
    }

    private static Status status(Trainer.End end) {
        return switch (end) {
            case STOPPED -> Status.INTERRUPTED;
            case NON_FINITE -> Status.FAILED;
            case COMPLETED, EARLY_STOPPED -> Status.SUCCEEDED;
        };
    }

    private static String cause(ExperimentResult result) {
        if (result.end() == Trainer.End.STOPPED) {
            return "interrupted";
        }
        Optional<Finding> grave = CheckUp.forbidding(result.findings());
        if (grave.isPresent()) {
            return grave.get().message();
        }
        return result.unmet().isEmpty() ? null : String.join("; ", result.unmet());
    }
}

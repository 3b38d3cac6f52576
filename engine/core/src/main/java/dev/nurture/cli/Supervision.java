package dev.nurture.cli;

import dev.nurture.check.CheckUp;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.CurveShape;
import dev.nurture.config.Definition;
import dev.nurture.config.DefinitionWriter;
import dev.nurture.measure.Expectations;
import dev.nurture.measure.RunMeasures;
import dev.nurture.observe.ObservedRun;
import dev.nurture.observe.RunListeners;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.report.LiveReport;
import dev.nurture.report.ReportData;
import dev.nurture.report.ReportFile;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.FindingsFile;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunFiles;
import dev.nurture.run.RunRecord;
import dev.nurture.run.Sha256;
import dev.nurture.run.Status;
import dev.nurture.spi.Finding;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.RunListener.Counter;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentResult;
import dev.nurture.train.ExperimentRun;
import dev.nurture.train.RunMark;
import dev.nurture.train.Trainer;
import dev.nurture.train.TrainingProgress;
import dev.nurture.train.Whereabouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Watches over a run: from its directory to its end, whatever that is, with its record, its report and its exit status. */
final class Supervision {
    private static final String CHECK = "check";

    private final Console console;
    private final BlasLibrary blas;
    private final PluginCatalog catalog;
    private final DefinitionWriter writer;
    private final Manner manner;

    /**
     * How runs are watched over.
     *
     * @param json whether the record is the result that is shown, and nothing else is printed
     * @param verbose whether to say how long starting took
     * @param regardless whether to train in spite of what the check-up finds
     */
    record Manner(RunDisplay.Progress progress, boolean json, boolean verbose, boolean regardless) {}

    Supervision(Console console, BlasLibrary blas, PluginCatalog catalog, DefinitionWriter writer, Manner manner) {
        this.console = console;
        this.blas = blas;
        this.catalog = catalog;
        this.writer = writer;
        this.manner = manner;
    }

    /** What is done with an experiment whose record has begun. */
    interface Work {
        /** Does it, and finishes the record; returns the exit status. */
        int execute(RunRecord record, Provenance provenance) throws Exception;
    }

    /**
     * Begins the record of an experiment in its new directory, and lets it be worked on.
     *
     * @param prepared seconds that it took to make the experiment
     * @return the exit status
     */
    int fresh(Experiment experiment, RunDirectory directory, double prepared, Work work) throws Exception {
        Definition definition = experiment.definition();
        AtomicFile.write(directory.storage(), directory.files().experiment(), writer.write(definition));
        RunRecord record = new RunRecord(directory, definition.name(), definition.seed());
        Provenance provenance = provenance(definition, experiment.dataSha256());
        record.provenance(provenance);
        record.done("prepare", prepared);
        return work.execute(record, provenance);
    }

    /** Trains an experiment in its new directory, as {@link #fresh} and {@link #supervise} do. */
    int train(Experiment experiment, RunDirectory directory, double prepared) throws Exception {
        return fresh(
                experiment,
                directory,
                prepared,
                (record, provenance) -> supervise(experiment, directory, record, provenance, Optional.empty()));
    }

    /** Returns what a run of a definition is made with, here and now. */
    Provenance provenance(Definition definition, String dataSha256) {
        return Provenance.here(
                blas.description(),
                definition.training().threads(),
                Sha256.hex(writer.writeDecisive(definition)),
                dataSha256,
                catalog.jars());
    }

    /**
     * Trains, evaluates and reports, and finishes the record whatever happens.
     *
     * @param record begun or resumed, with the preparation done
     * @param provenance of what the experiment is made with
     * @param from where the run's files stood at the checkpoint that the experiment was restored from
     * @return the exit status
     */
    int supervise(
            Experiment experiment,
            RunDirectory directory,
            RunRecord record,
            Provenance provenance,
            Optional<RunMark> from)
            throws Exception {
        return recorded(experiment, directory, record, whereabouts -> {
            RunReport report = new RunReport(console, manner.json, blas);
            try (RunListeners listeners = listen(experiment, directory, provenance);
                    Interruption interruption = Interruption.listen(experiment.trainer())) {
                List<Finding> found =
                        from.isPresent() ? foundBefore(directory) : checkUp(experiment, directory, record, listeners);
                Optional<Finding> forbidding = manner.regardless ? Optional.empty() : CheckUp.forbidding(found);
                if (forbidding.isPresent()) {
                    judge(experiment.definition(), directory, record);
                    record.finish(
                            Status.FAILED,
                            ExitCode.CHECK_FAILED,
                            forbidding.get().message());
                    writeReport(directory);
                    report.refused(found, directory);
                    interruption.onlyWaiting();
                    listeners.finished(Status.FAILED.label(), Map.of());
                    return ExitCode.CHECK_FAILED;
                }
                if (from.isEmpty()) {
                    record.end();
                    report.found(found);
                }
                ExperimentResult result;
                try (RunDisplay display = new RunDisplay(console, report, manner.progress)) {
                    ExperimentRun run = new ExperimentRun(
                            experiment, directory, record, provenance, found, from, display, listeners);
                    StalledRun stalled = new StalledRun(
                            experiment.definition().monitors().stalled(),
                            console,
                            run,
                            record,
                            whereabouts,
                            finding -> {
                                display.close();
                                report.found(finding);
                                showRecord(directory.files());
                            });
                    try (stalled) {
                        result = run.execute();
                    }
                }
                List<String> unmet = judge(experiment.definition(), directory, record);
                int exit = exit(result, unmet, interruption);
                record.finish(status(result.end()), exit, cause(result, unmet));
                writeReport(directory);
                report.finished(result, ended(result) ? unmet : List.of(), directory);
                interruption.onlyWaiting();
                listeners.finished(status(result.end()).label(), result.metrics());
                return exit;
            }
        });
    }

    /** Opens the listeners of a run. */
    private RunListeners listen(Experiment experiment, RunDirectory directory, Provenance provenance) {
        Definition definition = experiment.definition();
        RunListeners listeners = new RunListeners(
                definition.listeners().enabled(), experiment.network().activity(), console::warning);
        List<Counter> counters = new ArrayList<>(experiment.counters());
        counters.addAll(listeners.counters());
        TrainingProgress progress = experiment.trainer().progress();
        Path folder = directory.files().folder().toAbsolutePath().normalize();
        ObservedRun run = new ObservedRun(
                definition.name(),
                ObservedRun.id(definition.name(), folder),
                folder,
                Instant.now(),
                provenance.nurture(),
                provenance.blas(),
                provenance.plugins().size(),
                definition.seed(),
                experiment.network().variables().parameterCount(),
                progress.step(),
                progress.totalSteps(),
                progress.stepsPerEpoch(),
                experiment.plan(),
                counters,
                new LiveReport(directory.storage(), directory.files()),
                console::notice,
                console::warning);
        try {
            listeners.open(run);
            return listeners;
        } catch (RunListener.Refusal e) {
            throw new CommandFailure(ExitCode.AT_FAULT, e.getMessage(), e);
        }
    }

    /** What is done with an experiment whose record is kept. */
    interface RecordedWork {
        /** Does it, and finishes the record; returns the exit status. */
        int execute(Whereabouts whereabouts) throws Exception;
    }

    /** Works, and finishes the record whatever happens. */
    int recorded(Experiment experiment, RunDirectory directory, RunRecord record, RecordedWork work) throws Exception {
        Whereabouts whereabouts = new Whereabouts(experiment);
        UnfinishedRun unfinished = new UnfinishedRun(console, record, whereabouts);
        try {
            if (manner.verbose) {
                console.message(
                        "started in " + ManagementFactory.getRuntimeMXBean().getUptime() + " ms");
            }
            int exit = work.execute(whereabouts);
            showRecord(directory.files());
            return exit;
        } catch (Exception | Error e) {
            Failure failure = Failure.of(e);
            try {
                record.finish(Status.FAILED, failure.exit(), failure.message());
                writeReport(directory);
            } catch (IOException | RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        } finally {
            unfinished.close();
        }
    }

    /** Writes the page about a run that is over; without it a run is what it is. */
    void writeReport(RunDirectory directory) {
        try {
            ReportFile.write(directory.storage(), directory.files());
        } catch (IOException | RuntimeException e) {
            console.warning("there is no report: " + e.getMessage());
        }
    }

    /** Lets all checks look, as a stage that is still running then, and records what they find. */
    CheckUp.Report checkUp(Experiment experiment, RunDirectory directory, RunRecord record) throws IOException {
        record.begin(CHECK);
        CheckUp.Report report = new CheckUp(experiment, name -> console.status("checking: " + name)).look();
        console.status("");
        new FindingsFile(directory).write(report.findings());
        record.checks(report.results().stream()
                .map(result -> new RunRecord.Check(result.check(), result.verdict(), result.seconds()))
                .toList());
        record.findings(report.findings());
        return report;
    }

    private List<Finding> checkUp(
            Experiment experiment, RunDirectory directory, RunRecord record, RunListeners listeners)
            throws IOException {
        listeners.stage(CHECK);
        CheckUp.Report report = checkUp(experiment, directory, record);
        report.results().forEach(result -> {
            listeners.checked(result.check(), result.severity().orElse(null));
            result.findings().forEach(listeners::found);
        });
        return report.findings();
    }

    /** Returns what was found before the run was taken up again, but for what ended it: that is for training to find. */
    private static List<Finding> foundBefore(RunDirectory directory) throws IOException {
        return new FindingsFile(directory)
                .read().stream()
                        .filter(finding -> finding.phase().equals(CHECK) || finding.severity() != Finding.Severity.FAIL)
                        .toList();
    }

    /** Shows the record where the result is wanted as JSON. */
    void showRecord(RunFiles files) {
        if (manner.json) {
            try {
                console.result(Files.readString(files.record()).strip());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Compares what a run came to with what its definition expects; returns a sentence for each expectation not met. */
    private static List<String> judge(Definition definition, RunDirectory directory, RunRecord record)
            throws IOException {
        RunMeasures measures = new RunMeasures(ReportData.of(directory.storage(), directory.files(), false));
        List<RunRecord.Judgement> judgements = new Expectations(measures).judge(definition.expect());
        record.judged(measures.curve().map(CurveShape::label).orElse(null), judgements);
        return judgements.stream()
                .filter(judgement -> !judgement.met())
                .map(RunRecord.Judgement::sentence)
                .toList();
    }

    /** Tells whether training came to an end of its own, so that its results are those that were to be. */
    private static boolean ended(ExperimentResult result) {
        return result.end() == Trainer.End.COMPLETED || result.end() == Trainer.End.EARLY_STOPPED;
    }

    private static int exit(ExperimentResult result, List<String> unmet, Interruption interruption) {
        return switch (result.end()) {
            case STOPPED -> interruption.exit();
            case NON_FINITE, HALTED -> ExitCode.STOPPED;
            case COMPLETED, EARLY_STOPPED -> unmet.isEmpty() ? ExitCode.DONE : ExitCode.NOT_AS_EXPECTED;
        };
    }

    private static Status status(Trainer.End end) {
        return switch (end) {
            case STOPPED -> Status.INTERRUPTED;
            case NON_FINITE, HALTED -> Status.FAILED;
            case COMPLETED, EARLY_STOPPED -> Status.SUCCEEDED;
        };
    }

    private static String cause(ExperimentResult result, List<String> unmet) {
        if (result.end() == Trainer.End.STOPPED) {
            return "interrupted";
        }
        Optional<Finding> grave = CheckUp.forbidding(result.findings());
        if (grave.isPresent()) {
            return grave.get().message();
        }
        return unmet.isEmpty() ? null : String.join("; ", unmet);
    }
}

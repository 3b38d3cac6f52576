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
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;

/** What the commands have in common that begin with a definition and leave a new run directory. */
abstract class FreshCommand extends TrainingCommand {
    @Mixin
    ExperimentOptions experimentOptions;

    FreshCommand(Console console) {
        super(console);
    }

    /**
     * Does the work, and finishes the record.
     *
     * @param record begun, with the preparation done
     * @param made what the experiment is made with
     * @return the exit status
     */
    abstract int work(
            Definition definition, Experiment experiment, RunDirectory directory, RunRecord record, Provenance made)
            throws Exception;

    /** Returns the definition with further changes after those of the command line. */
    final Definition definition(List<String> changes) {
        List<String> overrides = new ArrayList<>(experimentOptions.overrides);
        overrides.addAll(listenerOptions.overrides());
        overrides.addAll(changes);
        return engine(Definitions.class).read(experimentOptions.file, overrides);
    }

    @Override
    final int execute() throws Exception {
        Definition definition = definition(List.of());
        warnOfPlugins();
        warnOfUnread(definition);
        engine(BlasLibrary.class).warning().ifPresent(console()::warning);
        long start = System.nanoTime();
        try (Experiment experiment = engine(ExperimentFactory.class).fresh(definition)) {
            double prepared = seconds(start);
            try (RunDirectory directory =
                    experimentOptions.makeDirectory(engine(RunDirectories.class), definition.name())) {
                return work(experiment, directory, prepared);
            }
        }
    }

    /** Says which sections of the definition have no effect. */
    private void warnOfUnread(Definition definition) {
        List<String> unread = new ArrayList<>();
        definition.checks().other().entries().keySet().forEach(check -> unread.add("checks." + check));
        definition.monitors().other().entries().keySet().forEach(monitor -> unread.add("monitors." + monitor));
        definition.listeners().unread().ifPresent(metrics -> unread.add("metrics"));
        if (!unread.isEmpty()) {
            console().warning(String.join(", ", unread) + ": nothing reads this part of the definition yet");
        }
    }

    private int work(Experiment experiment, RunDirectory directory, double prepared) throws Exception {
        Definition definition = experiment.definition();
        String resolved = engine(DefinitionWriter.class).write(definition);
        AtomicFile.write(directory.storage(), directory.files().experiment(), resolved);
        RunRecord record = new RunRecord(directory, definition.name(), definition.seed());
        Provenance provenance = provenance(definition, experiment.dataSha256());
        record.provenance(provenance);
        record.done("prepare", prepared);
        return work(definition, experiment, directory, record, provenance);
    }
}

package dev.nurture.cli;

import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.Definition;
import dev.nurture.config.Definitions;
import dev.nurture.run.RunDirectories;
import dev.nurture.run.RunDirectory;
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
     * Does the work.
     *
     * @param prepared seconds that it took to make the experiment
     * @return the exit status
     */
    abstract int work(Experiment experiment, RunDirectory directory, double prepared) throws Exception;

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
}

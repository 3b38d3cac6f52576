package dev.nurture.cli;

import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.DefinitionWriter;
import dev.nurture.plugin.PluginCatalog;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that train have in common: who hears of it, and how it is shown. */
abstract class TrainingCommand extends Command {
    @Option(
            names = "--progress",
            paramLabel = "auto|plain|none",
            description = "How progress is shown (default: auto).")
    RunDisplay.Progress progress = RunDisplay.Progress.auto;

    @Mixin
    ListenerOptions listenerOptions;

    TrainingCommand(Console console) {
        super(console);
    }

    /** Tells whether to train in spite of what the check-up finds. */
    boolean goesOnRegardless() {
        return false;
    }

    /** Returns how long it has been since a time of the JVM's clock. */
    static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    final Supervision supervision() {
        return new Supervision(
                console(),
                engine(BlasLibrary.class),
                engine(PluginCatalog.class),
                engine(DefinitionWriter.class),
                new Supervision.Manner(progress, options.json, options.verbose, goesOnRegardless()));
    }
}

package dev.nurture.cli;

import dev.nurture.run.RunRecord;
import dev.nurture.run.Status;
import dev.nurture.train.Whereabouts;
import java.io.IOException;
import java.util.Optional;

/**
 * Ends the record of a run that the process does not outlive: a plugin may call {@code System.exit}. No run that ends so
 * looks as if it went on, or had gone well. ({@code Runtime.halt} asks nobody: then the record says {@code running}.)
 */
final class UnfinishedRun implements AutoCloseable {
    private final Console console;
    private final RunRecord record;
    private final Whereabouts whereabouts;
    private final Thread hook = new Thread(this::end, "nurture-unfinished");

    UnfinishedRun(Console console, RunRecord record, Whereabouts whereabouts) {
        this.console = console;
        this.record = record;
        this.whereabouts = whereabouts;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end() {
        Optional<Whereabouts.Place> exit = whereabouts.exit();
        String cause = exit.map(place -> "plugin " + place.plugin() + " ended the process; in " + place.where())
                .orElse("the process was ended from outside in mid-run");
        int status = exit.isPresent() ? ExitCode.AT_FAULT : ExitCode.UNEXPECTED;
        try {
            record.finish(Status.FAILED, status, cause);
        } catch (IOException | RuntimeException e) {
            // There is nowhere left to write it.
        }
        console.error(cause);
        Runtime.getRuntime().halt(status);
    }

    /** The run is over, and its record with it. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook at work.
        }
    }
}

package dev.nurture.cli;

import dev.nurture.config.Definition;
import dev.nurture.run.RunRecord;
import dev.nurture.run.Status;
import dev.nurture.spi.Finding;
import dev.nurture.train.ExperimentRun;
import dev.nurture.train.StallWatch;
import dev.nurture.train.Whereabouts;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends a run that makes no progress: with a finding, a finished record, and, because a thread that does not heed an
 * interrupt cannot be stopped, the end of the process. Checkpoints are left as they are.
 */
final class StalledRun implements AutoCloseable {
    private static final long GRACE_SECONDS = 1;

    private final Console console;
    private final ExperimentRun run;
    private final RunRecord record;
    private final Whereabouts whereabouts;
    private final Consumer<Finding> show;
    private final CountDownLatch unwound = new CountDownLatch(1);
    private final Optional<StallWatch> watch;

    /**
     * Starts to watch.
     *
     * @param limit none: does not watch
     * @param show shows the finding, when all is recorded
     */
    StalledRun(
            Optional<Definition.Stalled> limit,
            Console console,
            ExperimentRun run,
            RunRecord record,
            Whereabouts whereabouts,
            Consumer<Finding> show) {
        this.console = console;
        this.run = run;
        this.record = record;
        this.whereabouts = whereabouts;
        this.show = show;
        watch = limit.map(stalled -> whereabouts.watch(stalled.seconds(), this::end));
    }

    private void end(double seconds) {
        try {
            Finding finding = run.stalled(seconds, whereabouts.now());
            record.finish(Status.FAILED, ExitCode.STOPPED, finding.message());
            show.accept(finding);
        } catch (IOException | RuntimeException e) {
            console.error("the run makes no progress, which cannot be recorded: " + e.getMessage());
        } finally {
            whereabouts.interrupt();
            awaitTheEnd();
            Runtime.getRuntime().halt(ExitCode.STOPPED);
        }
    }

    private void awaitTheEnd() {
        try {
            unwound.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Then at once.
        }
    }

    /** The run has come to its end. Returns, unless it was found to stall: then the process ends. */
    @Override
    public void close() {
        unwound.countDown();
        watch.ifPresent(StallWatch::close);
    }
}

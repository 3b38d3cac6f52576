package dev.nurture.train;

import dev.nurture.model.Activity;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/**
 * Waits, on a thread of its own, for the case that no batch is begun for too long. Only time in which parts are at work
 * counts: not that in which the engine writes its logs and checkpoints, for a disk may be slow; and not that in which the
 * whole process was stopped, for then this thread was too.
 */
public final class StallWatch implements AutoCloseable {
    private static final double NANOS = 1e9;
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKS = 8;

    private final Activity activity;
    private final long limit;
    private final long sleep;
    private final DoubleConsumer stalled;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Starts to watch.
     *
     * @param seconds that may pass from one batch to the next
     * @param stalled called at most once, on the watch's own thread, with the seconds that have passed
     */
    public StallWatch(Activity activity, double seconds, DoubleConsumer stalled) {
        this.activity = activity;
        this.stalled = stalled;
        limit = (long) (seconds * NANOS);
        sleep = Math.min(LONGEST_SLEEP_NANOS, limit / LOOKS + 1);
        thread = new Thread(this::watch, "nurture-stall-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        long seen = activity.batches();
        long waited = 0;
        long before = System.nanoTime();
        while (!closedWhileSleeping()) {
            long now = System.nanoTime();
            long batches = activity.batches();
            if (batches != seen || !activity.working()) {
                seen = batches;
                waited = 0;
            } else {
                // A sleep that took far longer was none: the process did not run.
                waited += Math.min(now - before, 2 * sleep);
            }
            before = now;
            if (waited > limit) {
                stalled.accept(waited / NANOS);
                return;
            }
        }
    }

    private boolean closedWhileSleeping() {
        try {
            return closed.await(sleep, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Ends the watch; if it has found something, only when that has been dealt with. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

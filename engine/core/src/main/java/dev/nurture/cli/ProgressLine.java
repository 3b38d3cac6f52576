package dev.nurture.cli;

import dev.nurture.train.TrainingProgress;
import java.util.Locale;

/**
 * Shows how far training has come: on a terminal a bar ten times a second, otherwise a line an epoch. It looks at the
 * trainer's counters from a thread of its own, so that training never waits for it.
 */
final class ProgressLine implements AutoCloseable {
    private static final int WIDTH = 24;
    private static final long INTERVAL_MILLIS = 100;

    /** The rate is that of the last while, so that an evaluation or a busy machine shows and then is forgotten. */
    private static final double SMOOTHING = 0.2;

    private final Console console;
    private final TrainingProgress progress;
    private final int batchSize;
    private final boolean plain;
    private final Thread thread;
    private volatile boolean closed;
    private double stepsPerSecond = Double.NaN;

    /**
     * Starts to show.
     *
     * @param plain whether to print lines even on a terminal
     */
    ProgressLine(Console console, TrainingProgress progress, int batchSize, boolean plain) {
        this.console = console;
        this.progress = progress;
        this.batchSize = batchSize;
        this.plain = plain || !console.live();
        thread = new Thread(this::watch, "nurture-progress");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        long lastStep = progress.step();
        long lastTime = System.nanoTime();
        int lastEpoch = 0;
        while (!closed) {
            try {
                Thread.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            long step = progress.step();
            long now = System.nanoTime();
            double rate = (step - lastStep) / ((now - lastTime) / 1e9);
            if (step > lastStep) {
                stepsPerSecond =
                        Double.isNaN(stepsPerSecond) ? rate : stepsPerSecond + SMOOTHING * (rate - stepsPerSecond);
            }
            lastStep = step;
            lastTime = now;
            if (!plain) {
                console.status(bar(step));
            } else if (progress.epoch() > lastEpoch) {
                lastEpoch = progress.epoch();
                console.message(plain(step));
            }
        }
    }

    private String bar(long step) {
        long total = progress.totalSteps();
        double done = total == 0 ? 0 : Math.min(1, (double) step / total);
        int full = (int) Math.round(done * WIDTH);
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  %s%s %3d%%  %s samples/s  %s left  loss %s",
                Math.max(1, progress.epoch()),
                progress.epochs(),
                "█".repeat(full),
                "░".repeat(WIDTH - full),
                (int) (done * 100),
                Figures.count(stepsPerSecond * batchSize),
                left(step),
                Figures.loss(progress.loss()));
    }

    private String plain(long step) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  %s samples/s  %s left",
                progress.epoch(),
                progress.epochs(),
                Figures.count(stepsPerSecond * batchSize),
                left(step));
    }

    private String left(long step) {
        return Double.isNaN(stepsPerSecond) ? "-" : Figures.time((progress.totalSteps() - step) / stepsPerSecond);
    }

    /** Takes the line away. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        console.status("");
    }
}

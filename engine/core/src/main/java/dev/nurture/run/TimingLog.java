package dev.nurture.run;

import java.io.Closeable;
import java.io.IOException;

/** Writes {@code timings.csv}, a line an epoch: what depends on the clock, apart from the metrics. One thread. */
public final class TimingLog implements Closeable {
    private static final String HEADER = "epoch,seconds,samples_per_second";

    private final CsvLog log;

    private TimingLog(CsvLog log) {
        this.log = log;
    }

    /** Begins the log of a new run. */
    public static TimingLog create(RunDirectory directory) throws IOException {
        return new TimingLog(
                CsvLog.create(directory.storage(), directory.files().timings(), HEADER));
    }

    /** Goes on behind the lines of some first epochs, as far as they are there; others are cut off. */
    public static TimingLog resume(RunDirectory directory, int epochs) throws IOException {
        return new TimingLog(
                CsvLog.resume(directory.storage(), directory.files().timings(), HEADER, epochs));
    }

    /**
     * Writes a line.
     *
     * @param seconds that the epoch's training took
     * @param samplesPerSecond that it trained on
     */
    public void append(int epoch, double seconds, double samplesPerSecond) throws IOException {
        log.append(epoch + "," + seconds + "," + samplesPerSecond);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}

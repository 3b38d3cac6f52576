package dev.nurture.train;

import dev.nurture.run.Checkpoint;
import dev.nurture.run.MetricLog;
import java.util.Map;

/**
 * Where the files of a run stood at a checkpoint, as its metadata have it.
 *
 * @param bestStep the step of the best checkpoint by then, 0 before there was one
 * @param log how far the metric log reached
 */
public record RunMark(long bestStep, MetricLog.Mark log) {
    private static final String BEST_STEP = "best_step";
    private static final String LOG_OFFSET = "metric_log_offset";
    private static final String LOG_SHA256 = "metric_log_sha256";

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException naming the entry of the metadata that is missing or wrong
     */
    public static RunMark of(Checkpoint checkpoint) {
        return new RunMark(
                Long.parseLong(checkpoint.metadata(BEST_STEP)),
                new MetricLog.Mark(Long.parseLong(checkpoint.metadata(LOG_OFFSET)), checkpoint.metadata(LOG_SHA256)));
    }

    void addTo(Map<String, String> metadata) {
        metadata.put(BEST_STEP, Long.toString(bestStep));
        metadata.put(LOG_OFFSET, Long.toString(log.offset()));
        metadata.put(LOG_SHA256, log.sha256());
    }
}

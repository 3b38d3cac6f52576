package dev.nurture.monitoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value that was measured.
 *
 * @param millis when, Unix time
 */
record Sample(Series series, long millis, double value) {
    // Fields of WriteRequest, TimeSeries and Sample.
    private static final int TIMESERIES = 1;
    private static final int SAMPLES = 2;
    private static final int VALUE = 1;
    private static final int TIMESTAMP = 2;

    /**
     * Returns a {@code WriteRequest}, which holds each series once.
     *
     * @param samples those of a series in the order of time
     * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">Remote-write 1.0</a>
     */
    static byte[] writeRequest(List<Sample> samples) {
        Map<Series, Protobuf> all = new LinkedHashMap<>();
        for (Sample sample : samples) {
            Protobuf message = new Protobuf().number(VALUE, sample.value).number(TIMESTAMP, sample.millis);
            all.computeIfAbsent(sample.series, Series::message).message(SAMPLES, message);
        }
        Protobuf request = new Protobuf();
        all.values().forEach(series -> request.message(TIMESERIES, series));
        return request.bytes();
    }
}

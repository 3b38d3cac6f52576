package dev.nurture.monitoring;

import java.util.SortedMap;
import java.util.TreeMap;

/** Values of one name and the same labels, as Prometheus knows them; told apart by being another object. */
final class Series {
    // Fields of TimeSeries, and of Label below it.
    private static final int LABELS = 1;
    private static final int NAME = 1;
    private static final int VALUE = 2;

    private final byte[] encoded;

    /**
     * Makes one.
     *
     * @param name as Prometheus is to have it
     * @param labels all further ones
     */
    Series(String name, SortedMap<String, String> labels) {
        SortedMap<String, String> all = new TreeMap<>(labels);
        all.put("__name__", name);
        Protobuf fields = new Protobuf();
        // By name, as those who receive it may demand.
        all.forEach((label, value) ->
                fields.message(LABELS, new Protobuf().text(NAME, label).text(VALUE, value)));
        encoded = fields.bytes();
    }

    /** Returns a {@code TimeSeries} without a sample. */
    Protobuf message() {
        return new Protobuf().encoded(encoded);
    }
}

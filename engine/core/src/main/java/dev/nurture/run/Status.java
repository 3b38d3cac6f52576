package dev.nurture.run;

import java.util.Arrays;
import java.util.Locale;

/** How a run, or a stage of it, stands. */
public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    INTERRUPTED;

    /**
     * Returns the status of a word in {@code run.json}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Status of(String label) {
        return Arrays.stream(values())
                .filter(status -> status.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no status '" + label + "'"));
    }

    /** Returns the word in {@code run.json}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.nurture.run;

import java.util.Locale;

/** How a run, or a stage of it, stands. */
public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    INTERRUPTED;

    /** Returns the word in {@code run.json}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

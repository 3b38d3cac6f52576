package dev.nurture.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that all of it can be reported together. For one thread. */
final class Problems {
    /** More than anybody reads; what comes after is only counted. */
    private static final int KEPT = 500;

    private final List<Problem> kept = new ArrayList<>();
    private int count;

    void add(Mark mark, String path, String message) {
        if (!full()) {
            kept.add(new Problem(mark.source(), mark.line(), path, message));
        }
        count++;
    }

    int count() {
        return count;
    }

    /** Tells whether further problems are no longer kept, so that finding hints for them is in vain. */
    boolean full() {
        return kept.size() >= KEPT;
    }

    /** Throws if there are any. */
    void report() {
        if (count > 0) {
            throw new DefinitionException(kept, count - kept.size());
        }
    }
}

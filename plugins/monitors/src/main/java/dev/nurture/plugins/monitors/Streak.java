package dev.nurture.plugins.monitors;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts for each subject how often in a row something held. A sign that comes by chance in one look of twenty comes in
 * ten looks in a row once in 10¹³: that is how a monitor that looks a thousand times a run stays calm.
 */
final class Streak {
    private final int enough;
    private final Map<String, Integer> lengths = new HashMap<>();

    /** @param enough looks in a row at which it is said */
    Streak(int enough) {
        this.enough = enough;
    }

    /** Takes a look, and tells whether it held often enough in a row. */
    boolean lasts(String subject, boolean holds) {
        int length = holds ? lengths.merge(subject, 1, Integer::sum) : 0;
        if (!holds) {
            lengths.remove(subject);
        }
        return length >= enough;
    }
}

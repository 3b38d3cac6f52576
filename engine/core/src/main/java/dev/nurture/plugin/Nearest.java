package dev.nurture.plugin;

import java.util.Collection;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that a user most likely meant. */
public final class Nearest {
    private Nearest() {}

    /** Returns the candidate closest to what was written, if one is within a third of its length (at least two) edits. */
    public static Optional<String> to(String written, Collection<String> candidates) {
        int limit = Math.max(2, written.length() / 3);
        LevenshteinDistance distance = new LevenshteinDistance(limit);
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int edits = distance.apply(written, candidate);
            // Two edits turn any two-letter word into any other; a near name shares more than it changes.
            if (edits >= 0 && edits < least && edits < Math.max(written.length(), candidate.length()) - 1) {
                best = candidate;
                least = edits;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns {@code "; did you mean 'x'?"}, or nothing when no candidate is near. */
    public static String hint(String written, Collection<String> candidates) {
        return to(written, candidates)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }
}

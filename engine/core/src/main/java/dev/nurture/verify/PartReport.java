package dev.nurture.verify;

import dev.nurture.contracts.Verdict;
import dev.nurture.plugin.Part;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a part stands to its kind's contract.
 *
 * @param runs one for each way of setting the part, its defaults first; empty when it could not be made
 * @param obstacle why it could not be examined at all
 * @param nanos nanoseconds an element, if it can be timed by itself
 * @param peer the built-in part of the kind that was timed beside it
 * @param peerNanos nanoseconds an element of that one
 */
public record PartReport(
        Part part,
        List<Run> runs,
        Optional<String> obstacle,
        OptionalDouble nanos,
        String peer,
        OptionalDouble peerNanos) {
    /**
     * A verdict a clause, under some settings.
     *
     * @param settings that differ from the defaults, or {@code defaults}
     */
    public record Run(String settings, List<Verdict> verdicts) {}

    /** Tells whether a clause is broken. */
    public boolean broken() {
        return runs.stream().flatMap(run -> run.verdicts().stream()).anyMatch(Verdict::broken);
    }
}

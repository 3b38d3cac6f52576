package dev.nurture.reproduce;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of training a run again.
 *
 * @param epochs whose rows were compared
 * @param checkpoints the steps of those that were compared
 * @param tensors how many they hold together
 * @param row the first that differs
 * @param checkpoint the first that differs, with the first tensor that does
 * @param result of the whole run that differs, where all rows and checkpoints are the same
 * @param interrupted whether somebody asked to stop before all was compared
 */
public record Comparison(
        int epochs,
        List<Long> checkpoints,
        int tensors,
        Optional<Difference> row,
        Optional<Difference> checkpoint,
        Optional<Difference> result,
        boolean interrupted) {
    public Comparison {
        checkpoints = List.copyOf(checkpoints);
    }

    /** Returns what differs, the metric log's first. */
    public List<Difference> differences() {
        return Stream.of(row, checkpoint, result).flatMap(Optional::stream).toList();
    }

    /** Returns the first epoch in which something differs; 0 where that is nothing, or what the whole run came to. */
    public int firstEpoch() {
        return differences().stream()
                .mapToInt(Difference::epoch)
                .filter(epoch -> epoch > 0)
                .min()
                .orElse(0);
    }

    /** Tells whether nothing differs. */
    public boolean same() {
        return differences().isEmpty();
    }
}

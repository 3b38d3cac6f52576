package dev.nurture.lecture;

import dev.nurture.config.Measure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that a lecture says and that runs can show.
 *
 * @param row of the table of published numbers, where it is one of them
 * @param claim a sentence
 * @param published the numbers as they were printed
 * @param runs whose own expectations must be met
 * @param show what is shown of each of the claim's runs: measures, {@code curve}, {@code findings} or, by a key,
 *     {@code advised.optimizer.learning_rate}
 * @param compare what the comparisons are about
 */
public record Claim(
        String name,
        Optional<Integer> row,
        String claim,
        Optional<String> published,
        List<String> runs,
        List<String> show,
        Optional<Measure> compare,
        List<Comparison> comparisons) {
    public Claim {
        runs = List.copyOf(runs);
        show = List.copyOf(show);
        comparisons = List.copyOf(comparisons);
    }

    /** Returns the names of all runs and ensembles that it is about, each once. */
    public List<String> needs() {
        return Stream.concat(runs.stream(), comparisons.stream().flatMap(comparison -> comparison.names().stream()))
                .distinct()
                .toList();
    }
}

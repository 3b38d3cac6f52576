package dev.nurture.plugins.checks.data;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Finding;
import dev.nurture.spi.SanityCheck;
import java.util.List;

/** Looks whether preprocessing went on learning when it was applied to rows that it was not fitted on. */
final class PreprocessingCheck implements SanityCheck {
    static final Factory<SanityCheck> FACTORY = Factory.of(
            SanityCheck.class,
            "preprocessing",
            "Looks whether what preprocessing learned from the training rows has changed since.",
            PreprocessingCheck::new);

    @Override
    public List<Finding> look(Bench bench) {
        List<String> unsteady = bench.unsteadyPreprocessing();
        if (unsteady.isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(
                "leaked_statistics",
                Finding.Severity.FAIL,
                "check",
                unsteady.get(0),
                unsteady.size(),
                "> 0",
                "the statistics " + String.join(", ", unsteady)
                        + " changed after they were fitted on the training rows; the step also learns from the rows to"
                        + " judge by",
                "repair the preprocessing plugin: fit alone may learn",
                "CS231n lecture 6, data preprocessing: statistics from the training split alone"));
    }
}

package dev.nurture.train;

import dev.nurture.spi.Finding;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param metrics by their names in {@code run.json}
 * @param findings what a monitor found, the root cause first
 */
public record ExperimentResult(Trainer.End end, Map<String, Double> metrics, List<Finding> findings) {}

package dev.nurture.check;

import dev.nurture.config.Definition;
import dev.nurture.run.Finding;
import dev.nurture.train.Experiment;
import java.util.List;
import java.util.Optional;

/** All that is looked at before training, as far as the definition does not switch it off. */
public final class CheckUp {
    private final Experiment experiment;

    public CheckUp(Experiment experiment) {
        this.experiment = experiment;
    }

    /** Returns what was found, the root cause first; empty when all is well. */
    public List<Finding> look() {
        Optional<Definition.Gradient> gradient =
                experiment.definition().checks().gradient();
        return gradient.map(wanted -> wanted.stop() ? Finding.Severity.FAIL : Finding.Severity.WARN)
                .map(severity -> new GradientCheckUp(experiment, severity).look())
                .orElse(List.of());
    }

    /** Returns the first finding with which training must not go on, if there is one. */
    public static Optional<Finding> forbidding(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.FAIL)
                .findFirst();
    }
}

package dev.nurture.check;

import dev.nurture.config.Definition;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Finding;
import dev.nurture.spi.SanityCheck;
import dev.nurture.train.Experiment;
import dev.nurture.train.Rehearsals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** All that is looked at before training, as far as the definition does not switch it off. */
public final class CheckUp {
    private static final String PHASE = "check";

    private final Experiment experiment;
    private final Rehearsals rehearsals;
    private final Consumer<String> progress;

    /** @param progress hears the name of each check before it begins */
    public CheckUp(Experiment experiment, Consumer<String> progress) {
        this.experiment = experiment;
        this.progress = progress;
        rehearsals = new Rehearsals(experiment);
    }

    /**
     * Returns what was found, the root cause first; empty when all is well.
     *
     * @throws PluginException if a check's plugin fails
     */
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (Definition.Guard check : experiment.definition().checks().enabled()) {
            String name = check.part().name();
            progress.accept(name);
            Finding.Severity most = check.stop() ? Finding.Severity.FAIL : Finding.Severity.WARN;
            for (Finding finding : look(check, name)) {
                findings.add(finding.in(PHASE).atMost(most));
            }
        }
        findings.sort(Causes.ROOT_FIRST);
        return findings;
    }

    private List<Finding> look(Definition.Guard check, String name) {
        String where = "check '" + name + "'";
        List<Finding> found;
        try {
            found = check.part().create(SanityCheck.class).look(new ExperimentBench(experiment, rehearsals, name));
        } catch (RuntimeException | Error e) {
            throw PluginException.in(where, e, check.part().origin());
        }
        if (found == null || found.stream().anyMatch(Objects::isNull)) {
            String did = "gave null where a finding or a list of them belongs";
            throw PluginException.breach(check.part().origin(), did, where);
        }
        return found;
    }

    /** Returns the first finding with which training must not go on, if there is one. */
    public static Optional<Finding> forbidding(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.FAIL)
                .findFirst();
    }
}

package dev.nurture.check;

import dev.nurture.config.Definition;
import dev.nurture.plugin.PluginException;
import dev.nurture.run.Causes;
import dev.nurture.spi.Finding;
import dev.nurture.spi.SanityCheck;
import dev.nurture.train.Experiment;
import dev.nurture.train.Rehearsals;
import java.util.ArrayList;
import java.util.Comparator;
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
     * What one check came to.
     *
     * @param check its name
     * @param findings of it, the root cause first
     */
    public record Result(String check, double seconds, List<Finding> findings) {
        /** Returns the gravest severity of what it found; empty when all is well. */
        public Optional<Finding.Severity> severity() {
            return findings.stream().map(Finding::severity).max(Comparator.naturalOrder());
        }

        /** Returns the severity as people read it, {@code pass} when all is well. */
        public String verdict() {
            return severity().map(Finding.Severity::label).orElse("pass");
        }
    }

    /** What all checks came to, in the order in which they looked. */
    public record Report(List<Result> results) {
        /** Returns what was found, the root cause first; empty when all is well. */
        public List<Finding> findings() {
            return results.stream()
                    .flatMap(result -> result.findings.stream())
                    .sorted(Causes.ROOT_FIRST)
                    .toList();
        }

        /** Returns how long it took. */
        public double seconds() {
            return results.stream().mapToDouble(Result::seconds).sum();
        }
    }

    /**
     * Lets each check look.
     *
     * @throws PluginException if a check's plugin fails
     */
    public Report look() {
        List<Result> results = new ArrayList<>();
        for (Definition.Guard check : experiment.definition().checks().enabled()) {
            String name = check.part().name();
            progress.accept(name);
            Finding.Severity most = check.stop() ? Finding.Severity.FAIL : Finding.Severity.WARN;
            long start = System.nanoTime();
            List<Finding> findings = look(check, name).stream()
                    .map(finding -> finding.in(PHASE).atMost(most))
                    .sorted(Causes.ROOT_FIRST)
                    .toList();
            results.add(new Result(name, (System.nanoTime() - start) / 1e9, findings));
        }
        return new Report(results);
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

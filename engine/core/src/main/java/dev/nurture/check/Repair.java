package dev.nurture.check;

import dev.nurture.config.Definition;
import dev.nurture.config.DefinitionException;
import dev.nurture.spi.Finding;
import dev.nurture.train.DataException;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tries what findings advise, the root cause first, on short trainings, and keeps what helps: after each change the
 * check-up looks again, for with the cause its consequences are often gone. Changes no file.
 */
public final class Repair {
    /** Long enough for a network that learns to be told from one that does not, and seconds on a processor. */
    private static final int STEPS = 300;

    /** What is not mended after so many changes needs a person. */
    private static final int MOST_ATTEMPTS = 8;

    /** A change may cost this much of the loss, if with it the finding is gone: runs of a few hundred steps differ. */
    private static final double NO_WORSE = 1.1;

    private final Function<List<String>, Definition> definitions;
    private final ExperimentFactory factory;
    private final Consumer<String> progress;

    /**
     * A change that was tried.
     *
     * @param after what a short training with it came to; empty when it could not be applied
     * @param kept whether the finding is gone and training no worse
     * @param problem why it could not be applied
     */
    public record Attempt(
            Finding finding, ShortTraining before, Optional<ShortTraining> after, boolean kept, String problem) {}

    /**
     * What came of it.
     *
     * @param attempts in order
     * @param changes those that were kept, as on the command line
     * @param definition with these changes
     * @param left what the check-up still finds then
     */
    public record Outcome(List<Attempt> attempts, List<String> changes, Definition definition, List<Finding> left) {}

    /** A definition, what the check-up finds in it, and what a short training comes to. */
    private record Candidate(Definition definition, List<Finding> findings, ShortTraining training) {}

    /**
     * Prepares to try.
     *
     * @param definitions gives the definition with some changes; throws {@link DefinitionException} if they do not fit
     * @param progress hears what is being tried
     */
    public Repair(
            Function<List<String>, Definition> definitions, ExperimentFactory factory, Consumer<String> progress) {
        this.definitions = definitions;
        this.factory = factory;
        this.progress = progress;
    }

    /**
     * Tries the changes that the findings advise.
     *
     * @param findings of the definition as it stands
     * @throws DataException if the data cannot be read
     */
    public Outcome of(List<Finding> findings) throws DataException {
        List<String> changes = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        Set<List<String>> tried = new LinkedHashSet<>();
        Definition definition = definitions.apply(changes);
        Candidate now = new Candidate(definition, findings, train(definition));
        while (attempts.size() < MOST_ATTEMPTS) {
            Optional<Finding> next = now.findings.stream()
                    .filter(finding -> !finding.changes().isEmpty() && !tried.contains(finding.changes()))
                    .findFirst();
            if (next.isEmpty()) {
                break;
            }
            Finding finding = next.get();
            tried.add(finding.changes());
            progress.accept("trying: " + String.join(" ", finding.changes()));
            List<String> more = new ArrayList<>(changes);
            more.addAll(finding.changes());
            try {
                Candidate changed = candidate(definitions.apply(more));
                boolean kept = helps(finding, now, changed);
                attempts.add(new Attempt(finding, now.training, Optional.of(changed.training), kept, null));
                if (kept) {
                    changes = more;
                    now = changed;
                }
            } catch (DefinitionException e) {
                attempts.add(new Attempt(finding, now.training, Optional.empty(), false, e.getMessage()));
            }
        }
        return new Outcome(attempts, changes, now.definition, now.findings);
    }

    private static boolean helps(Finding finding, Candidate before, Candidate after) {
        boolean gone = after.findings.stream()
                .noneMatch(other -> other.fault().equals(finding.fault()) && other.severity() == finding.severity());
        double limit = Double.isFinite(before.training.loss()) ? NO_WORSE * before.training.loss() : Double.MAX_VALUE;
        boolean better = after.training.accuracy() > before.training.accuracy();
        return gone && (after.training.loss() <= limit || better);
    }

    private Candidate candidate(Definition definition) throws DataException {
        try (Experiment experiment = factory.fresh(definition)) {
            List<Finding> findings = new CheckUp(experiment, name -> {}).look().findings();
            return new Candidate(definition, findings, ShortTraining.of(experiment, STEPS));
        }
    }

    private ShortTraining train(Definition definition) throws DataException {
        try (Experiment experiment = factory.fresh(definition)) {
            return ShortTraining.of(experiment, STEPS);
        }
    }
}

package dev.nurture.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.config.Definition;
import dev.nurture.spi.Bench;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Finding.Severity;
import dev.nurture.spi.SanityCheck;
import dev.nurture.train.Experiment;
import dev.nurture.train.SmallParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairTest {
    /** A penalty under which the factor cannot come near 1, which is right. */
    private static final String HEAVY = "regularization.l2=20";

    @TempDir
    Path folder;

    private SmallParts parts;
    private final List<String> tried = new ArrayList<>();

    @BeforeEach
    void make() {
        parts = new SmallParts(folder);
    }

    private void check(String fault, Predicate<Bench.Plan> wrong, String... changes) {
        SanityCheck check = bench -> wrong.test(bench.plan())
                ? List.of(new Finding(fault, Severity.FAIL, "check", null, 1, "> 0", "it is so", "mend it", "a paper")
                        .remedied(changes))
                : List.of();
        parts.add(SanityCheck.class, fault, () -> check);
    }

    private Repair.Outcome repair() throws Exception {
        List<Finding> findings;
        try (Experiment experiment = parts.experiment(HEAVY)) {
            findings = new CheckUp(experiment, name -> {}).look().findings();
        }
        return new Repair(this::with, parts.factory(), tried::add).of(findings);
    }

    private Definition with(List<String> changes) {
        List<String> all = new ArrayList<>(List.of(HEAVY));
        all.addAll(changes);
        try {
            return parts.definition(all.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatHelpsIsKeptAndItsEffectMeasured() throws Exception {
        check("regularization_overwhelms", plan -> plan.l2() > 1, "regularization.l2=0");
        Repair.Outcome outcome = repair();
        assertThat(outcome.changes()).containsExactly("regularization.l2=0");
        assertThat(outcome.definition().regularization().l2()).isZero();
        assertThat(outcome.left()).isEmpty();
        assertThat(outcome.attempts()).hasSize(1);
        Repair.Attempt attempt = outcome.attempts().get(0);
        assertThat(attempt.kept()).isTrue();
        // Two epochs of seven batches are all there is; without the penalty the factor comes to 1 and the loss to 0.
        assertThat(attempt.before().steps()).isEqualTo(14);
        assertThat(attempt.before().loss()).isGreaterThan(0.5);
        assertThat(attempt.after().orElseThrow().loss()).isLessThan(0.1);
        assertThat(attempt.after().orElseThrow().accuracy()).isNaN();
        assertThat(tried).containsExactly("trying: regularization.l2=0");
    }

    @Test
    void theRootIsTriedFirstAndWhatIsGoneWithItIsNotTried() throws Exception {
        check("cannot_overfit", plan -> plan.l2() > 1, "training.epochs=3");
        check("regularization_overwhelms", plan -> plan.l2() > 1, "regularization.l2=0");
        Repair.Outcome outcome = repair();
        assertThat(outcome.attempts())
                .extracting(attempt -> attempt.finding().fault())
                .containsExactly("regularization_overwhelms");
        assertThat(outcome.left()).isEmpty();
    }

    @Test
    void whatDoesNotHelpIsNotKeptAndIsTriedOnce() throws Exception {
        check("cannot_overfit", plan -> true, "training.epochs=3");
        Repair.Outcome outcome = repair();
        assertThat(outcome.changes()).isEmpty();
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.attempts().get(0).kept()).isFalse();
        assertThat(outcome.left()).extracting(Finding::fault).containsExactly("cannot_overfit");
        assertThat(outcome.definition().training().epochs()).isEqualTo(2);
    }

    @Test
    void aChangeThatDoesNotFitTheDefinitionIsSaidAndTheOthersAreTried() throws Exception {
        check("symmetric_init", plan -> plan.l2() > 1, "model[0].initialiser=he");
        check("regularization_overwhelms", plan -> plan.l2() > 1, "regularization.l2=0");
        Repair.Outcome outcome = repair();
        assertThat(outcome.attempts()).hasSize(2);
        assertThat(outcome.attempts().get(0).after()).isEmpty();
        assertThat(outcome.attempts().get(0).problem()).contains("initialiser");
        assertThat(outcome.changes()).containsExactly("regularization.l2=0");
    }

    @Test
    void whatNoMachineCanMendIsLeft() throws Exception {
        check("random_labels", plan -> true);
        Repair.Outcome outcome = repair();
        assertThat(outcome.attempts()).isEmpty();
        assertThat(outcome.left()).hasSize(1);
    }
}

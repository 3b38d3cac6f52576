package dev.nurture.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.contracts.Contract;
import dev.nurture.contracts.Examination;
import dev.nurture.contracts.Subject;
import dev.nurture.contracts.Verdict;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds parts with one known defect each to the contract of their kind. The first clause that a part breaks is the one
 * that an author looks at, so that one must name the defect.
 */
abstract class MutationProof<T> {
    private final Class<T> kind;

    MutationProof(Class<T> kind) {
        this.kind = kind;
    }

    /**
     * A part with a defect.
     *
     * @param clause that it must break first
     * @param words that must be in the message
     * @param limit of time for each clause
     */
    record Mutant<T>(String defect, Supplier<T> part, String clause, String words, Duration limit) {
        Mutant(String defect, Supplier<T> part, String clause, String words) {
            this(defect, part, clause, words, Examination.LIMIT);
        }
    }

    /** Returns a part that the mutants are taken from, without a defect. */
    abstract T sound();

    abstract Stream<Mutant<T>> mutants();

    /** Adds what the author of the sound part states of it. */
    Subject<T> state(Subject<T> subject) {
        return subject;
    }

    /** Returns verdicts as they are asked for. */
    private Stream<Verdict> verdicts(String name, Supplier<T> part, Duration limit) {
        Subject<T> subject = state(Subject.of(name, part, 1));
        return Contract.of(kind).orElseThrow().clauses().stream()
                .map(clause -> Examination.verdict(clause, subject, limit));
    }

    @Test
    void aSoundPartKeepsEveryClause() {
        assertThat(verdicts("sound", this::sound, Examination.LIMIT))
                .hasSizeGreaterThan(4)
                .allMatch(verdict -> verdict.status() == Verdict.Status.KEPT);
    }

    @TestFactory
    Stream<DynamicTest> eachDefectIsNamed() {
        return mutants()
                .map(mutant -> DynamicTest.dynamicTest(mutant.defect + " breaks " + mutant.clause, () -> {
                    Verdict first = verdicts(mutant.defect, mutant.part, mutant.limit)
                            .filter(Verdict::broken)
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("not found: " + mutant.defect));
                    assertThat(first.clause()).as(first.message()).isEqualTo(mutant.clause);
                    assertThat(first.message()).contains(mutant.words);
                }));
    }
}

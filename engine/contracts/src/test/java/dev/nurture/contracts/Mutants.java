package dev.nurture.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Tests that a contract finds seeded defects, and by which clause. */
final class Mutants {
    private Mutants() {}

    /** What to expect of a part without a defect. */
    static final String HEALTHY = "";

    /** A defect that is switched on in a part, and how the contract should speak of it. */
    interface Defect {
        String name();

        /** The first clause in the contract's order that should be broken, and after {@code ": "} a piece of the sentence. */
        String expected();
    }

    /** Returns a test a defect. */
    static <T, D extends Defect> Stream<DynamicTest> tests(Class<T> kind, D[] defects, Function<D, ? extends T> part) {
        Contract<T> contract = Contract.of(kind).orElseThrow();
        return Stream.of(defects)
                .map(defect -> DynamicTest.dynamicTest(
                        defect.name(),
                        () -> requireFound(
                                contract, Subject.of(defect.name(), () -> part.apply(defect), 1), defect.expected())));
    }

    /** Requires that a clause finds a defect whatever the inputs drawn. */
    static <T> void requireFoundAtEverySeed(Class<T> kind, String clause, Supplier<? extends T> part) {
        Clause<T> only = Contract.of(kind).orElseThrow().clause(clause).orElseThrow();
        for (long seed = 1; seed <= 50; seed++) {
            Verdict verdict = Examination.verdict(only, Subject.of("mutant", part, seed), Examination.LIMIT);
            assertThat(verdict.broken()).as("seed " + seed).isTrue();
        }
    }

    private static <T> void requireFound(Contract<T> contract, Subject<T> subject, String expected) {
        Optional<Verdict> broken = contract.clauses().stream()
                .map(clause -> Examination.verdict(clause, subject, Examination.LIMIT))
                .filter(Verdict::broken)
                .findFirst();
        if (expected.equals(HEALTHY)) {
            assertThat(broken).isEmpty();
            return;
        }
        assertThat(broken).isPresent();
        String[] clauseAndFragment = expected.split(": ", 2);
        assertThat(broken.get().clause()).as(broken.get().message()).isEqualTo(clauseAndFragment[0]);
        assertThat(broken.get().message()).contains(clauseAndFragment[1]);
    }
}

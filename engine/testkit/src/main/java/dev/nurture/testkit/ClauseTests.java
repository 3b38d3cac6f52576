package dev.nurture.testkit;

import dev.nurture.contracts.Clause;
import dev.nurture.contracts.Contract;
import dev.nurture.contracts.Examination;
import dev.nurture.contracts.Subject;
import dev.nurture.contracts.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Makes tests of a contract's clauses. */
final class ClauseTests {
    private ClauseTests() {}

    /** @param settings under which the part is examined, for the names of the tests; empty for the defaults */
    static <T> Stream<DynamicTest> of(Contract<T> contract, Subject<T> subject, String settings) {
        String suffix = settings.isEmpty() ? "" : " [" + settings + "]";
        return contract.clauses().stream()
                .map(clause -> DynamicTest.dynamicTest(
                        clause.name() + ": " + clause.promise() + suffix, () -> require(clause, subject)));
    }

    private static <T> void require(Clause<T> clause, Subject<T> subject) {
        Verdict verdict = Examination.verdict(clause, subject, Examination.LIMIT);
        switch (verdict.status()) {
            case KEPT -> {}
            case BROKEN -> Assertions.fail(subject.name() + ": " + verdict.message());
            case NOT_APPLICABLE -> Assumptions.abort(verdict.message());
        }
    }
}

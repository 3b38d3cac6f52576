package dev.nurture.testkit;

import dev.nurture.contracts.Contract;
import dev.nurture.contracts.Subject;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the test classes of all kinds have in common: a test a clause of the kind's contract.
 *
 * @param <T> the kind
 */
public abstract class PartContract<T> {
    private final Class<T> kind;

    PartContract(Class<T> kind) {
        this.kind = kind;
    }

    /** Returns a new instance of the part. Called several times, from several threads. */
    protected abstract T create();

    /** Returns the seed of the inputs that the clauses draw; another one gives other inputs. */
    protected long seed() {
        return 1;
    }

    /** Adds what the author states of the part, such as a formula. */
    Subject<T> state(Subject<T> subject) {
        return subject;
    }

    /** Returns the tests. */
    @TestFactory
    final Stream<DynamicTest> contract() {
        Contract<T> contract = Contract.of(kind).orElseThrow();
        return ClauseTests.of(contract, state(Subject.of(getClass().getSimpleName(), this::create, seed())), "");
    }
}

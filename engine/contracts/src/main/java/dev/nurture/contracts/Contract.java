package dev.nurture.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the parts of one kind promise, the clauses that tell most about a cause first.
 *
 * @param kind the SPI type
 */
public record Contract<T>(Class<T> kind, List<Clause<T>> clauses) {
    /** Apart, so that no contract is made while another is. */
    private static final class All {
        static final List<Contract<?>> CONTRACTS = List.of(
                ActivationClauses.CONTRACT,
                InitializerClauses.CONTRACT,
                LossClauses.CONTRACT,
                OptimizerClauses.CONTRACT,
                ScheduleClauses.CONTRACT,
                DataSourceClauses.CONTRACT,
                ActivationLayerClauses.CONTRACT,
                LayerClauses.CONTRACT,
                NormalizationClauses.CONTRACT,
                PreprocessorClauses.CONTRACT,
                SanityCheckClauses.CONTRACT,
                MonitorClauses.CONTRACT,
                RunListenerClauses.CONTRACT);
    }

    public Contract {
        clauses = List.copyOf(clauses);
    }

    /** Returns the contracts of all kinds. */
    public static List<Contract<?>> all() {
        return All.CONTRACTS;
    }

    /** Returns the contract of a kind, by the type under which factories offer it; empty for a type that is no kind. */
    @SuppressWarnings("unchecked")
    public static <T> Optional<Contract<T>> of(Class<T> kind) {
        return All.CONTRACTS.stream()
                .filter(contract -> contract.kind() == kind)
                .map(contract -> (Contract<T>) contract)
                .findFirst();
    }

    /** Returns a clause by its name. */
    public Optional<Clause<T>> clause(String name) {
        return clauses.stream().filter(clause -> clause.name().equals(name)).findFirst();
    }

    /** Returns a narrower kind's contract: these clauses, and its own behind them. */
    <S extends T> Contract<S> and(Class<S> narrower, List<Clause<S>> more) {
        List<Clause<S>> both = new ArrayList<>();
        for (Clause<T> clause : clauses) {
            both.add(new Clause<>(
                    clause.name(), clause.promise(), subject -> clause.check().verify(subject.as())));
        }
        both.addAll(more);
        return new Contract<>(narrower, both);
    }
}

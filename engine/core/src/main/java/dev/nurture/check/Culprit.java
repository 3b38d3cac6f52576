package dev.nurture.check;

import dev.nurture.config.PartSettings;
import dev.nurture.contracts.Clause;
import dev.nurture.contracts.Contract;
import dev.nurture.contracts.Examination;
import dev.nurture.contracts.Subject;
import dev.nurture.contracts.Verdict;
import dev.nurture.plugin.Part;
import dev.nurture.spi.Layer;
import java.util.List;
import java.util.Optional;

/**
 * The part whose gradient makes a layer's wrong: of the parts within it, the innermost that breaks its own contract,
 * otherwise the layer.
 *
 * @param path where the definition names it
 * @param evidence what its contract found, if that is how it was found out
 */
record Culprit(Part part, String path, Optional<String> evidence) {
    private static final String CLAUSE = "gradient";

    static Culprit of(PartSettings layer) {
        return within(layer).orElseGet(() -> new Culprit(layer.part(), layer.path(), Optional.empty()));
    }

    private static Optional<Culprit> within(PartSettings settings) {
        for (Object value : settings.values().values()) {
            List<?> parts = value instanceof List<?> list ? list : List.of(value);
            for (Object part : parts) {
                if (part instanceof PartSettings inner) {
                    Optional<Culprit> found = within(inner);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return gradientOf(settings)
                .filter(Verdict::broken)
                .map(verdict -> new Culprit(settings.part(), settings.path(), Optional.of(verdict.message())));
    }

    /** Returns how a part that has a gradient stands to that clause; an elementwise activation is made as a layer. */
    private static Optional<Verdict> gradientOf(PartSettings settings) {
        if (!(settings.create() instanceof Layer)) {
            return Optional.empty();
        }
        Subject<Layer> subject = Subject.of(settings.name(), () -> settings.create(Layer.class), 1);
        return Contract.of(Layer.class)
                .flatMap(contract -> contract.clause(CLAUSE))
                .map(clause -> verdict(clause, subject));
    }

    private static Verdict verdict(Clause<Layer> clause, Subject<Layer> subject) {
        return Examination.verdict(clause, subject, Examination.LIMIT);
    }
}

package dev.nurture.spi;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A fault that the check-up or a monitor found, as a person can act on it.
 *
 * @param fault its code, such as {@code dead_units}
 * @param phase in which it showed, such as {@code check} or {@code train}; the engine says it
 * @param subject the layer, tensor or column it concerns; null when it is the whole
 * @param measured what was measured; may be NaN or infinite
 * @param threshold what it was held against, such as {@code > 0.5}
 * @param message what was found and what most likely causes it, a sentence without a full stop
 * @param advice the change to the definition that would help
 * @param source the lecture's part, or the paper, that it rests on
 * @param changes the same advice for a machine: keys of the definition and their new values, as on the command line, such
 *     as {@code optimizer.learning_rate=1.0e-3}; empty when only a person can help
 */
public record Finding(
        String fault,
        Severity severity,
        String phase,
        String subject,
        double measured,
        String threshold,
        String message,
        String advice,
        String source,
        List<String> changes) {
    public Finding {
        if (!fault.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("'" + fault + "' is not the code of a fault");
        }
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(message, "message");
        changes = List.copyOf(changes);
        for (String change : changes) {
            if (change.indexOf('=') < 1) {
                throw new IllegalArgumentException("'" + change + "' is not of the form key=value");
            }
        }
    }

    /** Makes a finding that no machine can remedy. */
    public Finding(
            String fault,
            Severity severity,
            String phase,
            String subject,
            double measured,
            String threshold,
            String message,
            String advice,
            String source) {
        this(fault, severity, phase, subject, measured, threshold, message, advice, source, List.of());
    }

    /** How grave it is. */
    public enum Severity {
        INFO,
        WARN,
        FAIL;

        /** Returns it as it is written, such as {@code warn}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns this finding, as of another phase. */
    public Finding in(String phase) {
        return new Finding(fault, severity, phase, subject, measured, threshold, message, advice, source, changes);
    }

    /** Returns this finding, no graver than that. */
    public Finding atMost(Severity most) {
        Severity less = severity.compareTo(most) > 0 ? most : severity;
        return new Finding(fault, less, phase, subject, measured, threshold, message, advice, source, changes);
    }

    /** Returns this finding with the changes to the definition that would help, each {@code key=value}. */
    public Finding remedied(String... changes) {
        return new Finding(
                fault, severity, phase, subject, measured, threshold, message, advice, source, List.of(changes));
    }
}

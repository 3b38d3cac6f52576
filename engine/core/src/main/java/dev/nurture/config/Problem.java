package dev.nurture.config;

import java.util.Comparator;

/**
 * Something wrong with a definition.
 *
 * @param source the file as the user gave it, or {@link Mark#COMMAND_LINE}
 * @param line from 1; 0 when it concerns no line
 * @param path of the value, such as {@code model[2].activation}; empty when it concerns none
 * @param message what is wrong, and what would be right
 */
public record Problem(String source, int line, String path, String message) {
    /** Files by name, the command line last; within each by line. */
    static final Comparator<Problem> ORDER = Comparator.comparing(
                    (Problem problem) -> problem.source.equals(Mark.COMMAND_LINE))
            .thenComparing(Problem::source)
            .thenComparingInt(Problem::line);

    /** Returns line, path and message, as in {@code line 21: optimizer.beta2: 1.0 is outside [0, 1)}. */
    @Override
    public String toString() {
        return (line > 0 ? "line " + line + ": " : "") + (path.isEmpty() ? "" : path + ": ") + message;
    }
}

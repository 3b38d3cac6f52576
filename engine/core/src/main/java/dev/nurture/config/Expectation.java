package dev.nurture.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a metric is expected to be.
 *
 * @param bound the number compared with
 * @param tolerance for {@link Relation#NEAR} the greatest difference that is still near, otherwise 0
 */
public record Expectation(Relation relation, double bound, double tolerance) {
    /** The metrics of a run that can be expected to be something. */
    public static final List<String> METRICS = List.of(
            "initial_loss",
            "train_loss",
            "train_accuracy",
            "validation_loss",
            "validation_accuracy",
            "test_loss",
            "test_accuracy");

    private static final String NUMBER = "([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)";
    private static final Pattern COMPARISON = Pattern.compile("(>=|<=|>|<)\\s*" + NUMBER);
    private static final Pattern NEAR = Pattern.compile(NUMBER + "\\s*(?:\\+-|±)\\s*" + NUMBER);

    /** How a metric is compared with the bound. */
    public enum Relation {
        AT_LEAST(">="),
        AT_MOST("<="),
        GREATER(">"),
        LESS("<"),
        NEAR("+-");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }
    }

    /**
     * Reads {@code >= 0.95}, {@code <= x}, {@code > x}, {@code < x}, {@code x +- y} or {@code x ± y}.
     *
     * @throws IllegalArgumentException if it is none of them, with a message for the user
     */
    public static Expectation of(String text) {
        Matcher comparison = COMPARISON.matcher(text.strip());
        if (comparison.matches()) {
            for (Relation relation : Relation.values()) {
                if (relation.sign.equals(comparison.group(1))) {
                    return new Expectation(relation, number(comparison.group(2), text), 0);
                }
            }
        }
        Matcher near = NEAR.matcher(text.strip());
        if (near.matches()) {
            double tolerance = number(near.group(2), text);
            if (tolerance >= 0) {
                return new Expectation(Relation.NEAR, number(near.group(1), text), tolerance);
            }
        }
        throw unreadable(text);
    }

    private static double number(String written, String text) {
        if (!PlainScalar.NUMBER.matcher(written).matches() || Double.isInfinite(Double.parseDouble(written))) {
            throw unreadable(text);
        }
        return Double.parseDouble(written);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "expected \">= x\", \"<= x\", \"> x\", \"< x\" or \"x +- y\", not " + Shown.quoted(text));
    }

    /** Tells whether a measured value is as expected; NaN never is. */
    public boolean met(double measured) {
        return switch (relation) {
            case AT_LEAST -> measured >= bound;
            case AT_MOST -> measured <= bound;
            case GREATER -> measured > bound;
            case LESS -> measured < bound;
            case NEAR -> Math.abs(measured - bound) <= tolerance;
        };
    }

    /** Returns it as a definition writes it. */
    @Override
    public String toString() {
        return relation == Relation.NEAR ? bound + " +- " + tolerance : relation.sign + " " + bound;
    }
}

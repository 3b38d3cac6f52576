package dev.nurture.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a measured number is to be.
 *
 * @param bound the number compared with; the lower end for {@link Relation#WITHIN}
 * @param tolerance for {@link Relation#NEAR} the greatest difference that is still near
 * @param upper for {@link Relation#WITHIN} the upper end
 */
public record Condition(Relation relation, double bound, double tolerance, double upper) {
    private static final String NUMBER = "([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)";
    private static final Pattern COMPARISON = Pattern.compile("(>=|<=|>|<)\\s*" + NUMBER);
    private static final Pattern NEAR = Pattern.compile(NUMBER + "\\s*(?:\\+-|±)\\s*" + NUMBER);

    private static final Pattern WITHIN = Pattern.compile("in\\s*\\[\\s*" + NUMBER + "\\s*,\\s*" + NUMBER + "\\s*\\]");

    /** How a number is compared with the bound. */
    public enum Relation {
        AT_LEAST(">="),
        AT_MOST("<="),
        GREATER(">"),
        LESS("<"),
        NEAR("+-"),
        WITHIN("in");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }
    }

    /**
     * Reads {@code >= 0.95}, {@code <= x}, {@code > x}, {@code < x}, {@code x +- y}, {@code x ± y} or {@code in [x, y]}.
     *
     * @throws IllegalArgumentException if it is none of them, with a message for the user
     */
    public static Condition of(String text) {
        Matcher comparison = COMPARISON.matcher(text.strip());
        if (comparison.matches()) {
            for (Relation relation : Relation.values()) {
                if (relation.sign.equals(comparison.group(1))) {
                    return new Condition(relation, number(comparison.group(2), text), 0, 0);
                }
            }
        }
        Matcher near = NEAR.matcher(text.strip());
        if (near.matches()) {
            double tolerance = number(near.group(2), text);
            if (tolerance >= 0) {
                return new Condition(Relation.NEAR, number(near.group(1), text), tolerance, 0);
            }
        }
        Matcher within = WITHIN.matcher(text.strip());
        if (within.matches()) {
            double low = number(within.group(1), text);
            double high = number(within.group(2), text);
            if (low <= high) {
                return new Condition(Relation.WITHIN, low, 0, high);
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
                "expected \">= x\", \"<= x\", \"> x\", \"< x\", \"x +- y\" or \"in [x, y]\", not "
                        + Shown.quoted(text));
    }

    /** Tells whether a measured value is as expected; NaN never is. */
    public boolean met(double measured) {
        return switch (relation) {
            case AT_LEAST -> measured >= bound;
            case AT_MOST -> measured <= bound;
            case GREATER -> measured > bound;
            case LESS -> measured < bound;
            case NEAR -> Math.abs(measured - bound) <= tolerance;
            case WITHIN -> measured >= bound && measured <= upper;
        };
    }

    /** Returns it as a definition writes it. */
    @Override
    public String toString() {
        return switch (relation) {
            case NEAR -> bound + " +- " + tolerance;
            case WITHIN -> "in [" + bound + ", " + upper + "]";
            default -> relation.sign + " " + bound;
        };
    }
}

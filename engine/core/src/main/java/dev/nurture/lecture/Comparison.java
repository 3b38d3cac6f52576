package dev.nurture.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a measure of some runs is less or more than that of others: {@code a <= 0.5 * b}, {@code a > mean(b, c)}.
 *
 * @param text as it was written
 */
public record Comparison(String text, Side left, Relation relation, Side right) {
    private static final String NUMBER = "[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?";
    private static final String NAME = "[A-Za-z_][A-Za-z0-9._+-]*";
    private static final Pattern WHOLE = Pattern.compile("(.+?)\\s+(<=|>=|<|>)\\s+(.+)");
    private static final Pattern SIDE = Pattern.compile(
            "(?:(" + NUMBER + ")\\s*\\*\\s*)?(?:(" + NUMBER + ")|(" + NAME + ")|(mean|min|max)\\(([^()]*)\\))");

    /** How two sides are compared. */
    public enum Relation {
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        private boolean holds(double left, double right) {
            return switch (this) {
                case LESS -> left < right;
                case AT_MOST -> left <= right;
                case GREATER -> left > right;
                case AT_LEAST -> left >= right;
            };
        }
    }

    /**
     * A number, or what the measure comes to over some runs.
     *
     * @param factor by which it is multiplied
     * @param names of the runs; none for a number
     */
    public record Side(double factor, double number, String over, List<String> names) {
        private double value(ToDoubleFunction<String> measure) {
            if (names.isEmpty()) {
                return factor * number;
            }
            DoubleBinaryOperator fold = switch (over) {
                case "min" -> Math::min;
                case "max" -> Math::max;
                default -> Double::sum;
            };
            double folded = names.stream().mapToDouble(measure).reduce(fold).getAsDouble();
            return factor * (over.equals("mean") ? folded / names.size() : folded);
        }
    }

    /**
     * Reads a comparison.
     *
     * @throws IllegalArgumentException if it is none, with a message for the user
     */
    public static Comparison of(String text) {
        Matcher whole = WHOLE.matcher(text.strip());
        if (!whole.matches()) {
            throw new IllegalArgumentException("expected \"LEFT < RIGHT\" with <, <=, > or >=, not '" + text + "'");
        }
        for (Relation relation : Relation.values()) {
            if (relation.sign.equals(whole.group(2))) {
                return new Comparison(text.strip(), side(whole.group(1)), relation, side(whole.group(3)));
            }
        }
        throw new IllegalStateException(text);
    }

    private static Side side(String text) {
        Matcher side = SIDE.matcher(text.strip());
        if (!side.matches()) {
            throw new IllegalArgumentException("expected a run, a number, mean(…), min(…) or max(…), perhaps with a"
                    + " factor as in 0.5 * a, not '" + text.strip() + "'");
        }
        double factor = side.group(1) == null ? 1 : Double.parseDouble(side.group(1));
        if (side.group(2) != null) {
            return new Side(factor, Double.parseDouble(side.group(2)), "", List.of());
        }
        if (side.group(3) != null) {
            return new Side(factor, 0, "", List.of(side.group(3)));
        }
        List<String> names = List.of(side.group(5).strip().split("\\s*,\\s*"));
        return new Side(factor, 0, side.group(4), names);
    }

    /** Returns the runs that it is about, each once. */
    public List<String> names() {
        List<String> names = new ArrayList<>(left.names);
        names.addAll(right.names);
        return names.stream().distinct().toList();
    }

    /** Tells whether it holds, by what is measured of each run; never where something was not measured (NaN). */
    public boolean holds(ToDoubleFunction<String> measure) {
        return relation.holds(left.value(measure), right.value(measure));
    }
}

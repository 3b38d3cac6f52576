package dev.nurture.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Scalars written without quotes. Those that YAML 1.1 reads as one thing and YAML 1.2, or a person, as another are
 * refused, so that a definition means the same to everybody.
 */
final class PlainScalar {
    private static final Set<String> TRUE = Set.of("yes", "on");
    private static final Set<String> FALSE = Set.of("no", "off");
    /** No number is written longer; keeps the patterns below away from text that would exhaust the stack. */
    private static final int LONGEST_NUMBER = 64;

    private static final Pattern NUMBER_START = Pattern.compile("[-+]?[0-9].*|[-+]?\\.[0-9].*", Pattern.DOTALL);
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9_]+(\\.[0-9_]*)?([eE][-+]?[0-9]+)?");
    private static final Pattern RADIX = Pattern.compile("[-+]?0[xXoObB][0-9a-fA-F_]+");
    private static final Pattern UNDERSCORE = Pattern.compile("[-+]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?");
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Set<String> NOT_FINITE =
            Set.of(".nan", ".inf", "-.inf", "+.inf", "nan", "inf", "-inf", "+inf", "infinity", "-infinity");

    /** A whole number in decimal. */
    static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");

    /** A number in decimal, with or without fraction and exponent. */
    static final Pattern NUMBER = Pattern.compile("[-+]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private PlainScalar() {}

    /** Returns a scalar, or, having reported it, {@link Value.Refused}. */
    static Value read(String text, Mark mark, String path, Problems problems) {
        String complaint = text.isEmpty() ? "has no value; write null to leave it at its default" : complaint(text);
        if (complaint == null) {
            return new Value.Scalar(text, false, mark);
        }
        problems.add(mark, path, complaint);
        return new Value.Refused(mark);
    }

    /** Returns a quoted scalar. */
    static Value.Scalar quoted(String text, Mark mark) {
        return new Value.Scalar(text, meansSomethingElse(text), mark);
    }

    /** Tells whether text needs quotes to be text. */
    static boolean meansSomethingElse(String text) {
        return switch (text) {
            case "", "true", "false", "null" -> true;
            default -> NUMBER.matcher(text).matches() || complaint(text) != null;
        };
    }

    /** Returns a scalar whose text was put together from others, none of which was typed as it now stands. */
    static Value.Scalar composed(String text, Mark mark) {
        return new Value.Scalar(text, text.isEmpty() || complaint(text) != null, mark);
    }

    /** Returns why a plain scalar is refused, or null when it is not. */
    private static String complaint(String text) {
        String shown = Shown.quoted(text);
        String quote = "or quote it if it is text";
        if (text.length() <= 9) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (TRUE.contains(lower) || FALSE.contains(lower)) {
                boolean meaning = TRUE.contains(lower);
                return shown + " is " + meaning + " to some readers of YAML and text to others; write " + meaning + ", "
                        + quote;
            }
            boolean word = lower.equals("true") || lower.equals("false") || lower.equals("null");
            if (word && !text.equals(lower)) {
                return shown + " is not " + lower + " to every reader of YAML; write " + lower + ", " + quote;
            }
            if (text.equals("~")) {
                return shown + " is null to YAML; write null, " + quote;
            }
            if (NOT_FINITE.contains(lower)) {
                return shown + " is not a finite number; write one, " + quote;
            }
        }
        if (text.length() > LONGEST_NUMBER || !NUMBER_START.matcher(text).matches()) {
            return null;
        }
        if (RADIX.matcher(text).matches()) {
            return shown + " is a number to some readers of YAML and text to others; write it in decimal, " + quote;
        }
        if (LEADING_ZERO.matcher(text).matches()) {
            return shown + " begins with 0, which some readers of YAML take for octal; write it without, " + quote;
        }
        if (SEXAGESIMAL.matcher(text).matches()) {
            return shown + " counts in sixties to some readers of YAML; write the number out, " + quote;
        }
        if (text.indexOf('_') >= 0 && UNDERSCORE.matcher(text).matches()) {
            return shown + " is a number to some readers of YAML and text to others; write it without '_', " + quote;
        }
        return null;
    }
}

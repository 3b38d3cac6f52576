package dev.nurture.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An interval of numbers, each end open or closed.
 *
 * @param text as written and shown, such as {@code "[0, 1)"}
 */
public record Range(String text, double low, boolean lowClosed, double high, boolean highClosed) {
    private static final Pattern FORM = Pattern.compile("([\\[(])\\s*([^,]+?)\\s*,\\s*([^,]+?)\\s*([\\])])");

    /** Returns the interval written as {@code "[0, 1)"}; {@code inf} stands for infinity. */
    public static Range of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an interval");
        }
        double low = bound(matcher.group(2));
        double high = bound(matcher.group(3));
        if (!(low <= high)) {
            throw new IllegalArgumentException("'" + text + "' is empty");
        }
        return new Range(
                text, low, matcher.group(1).equals("["), high, matcher.group(4).equals("]"));
    }

    private static double bound(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Tells whether a value lies within; NaN never does. */
    public boolean contains(double value) {
        return (lowClosed ? value >= low : value > low) && (highClosed ? value <= high : value < high);
    }

    @Override
    public String toString() {
        return text;
    }
}

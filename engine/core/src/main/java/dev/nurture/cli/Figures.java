package dev.nurture.cli;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Figures {
    private Figures() {}

    /** Returns a loss with four significant digits and up, {@code -} for none. */
    static String loss(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (Double.isInfinite(value) || value != 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e4)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Returns an accuracy with four decimals, {@code -} for none. */
    static String accuracy(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    /** Returns a whole number with thousands marked, {@code -} for none. */
    static String count(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    /** Returns a metric of a run as what its name says it is: an accuracy, a loss, or a number of something. */
    static String metric(String name, double value) {
        return name.endsWith("accuracy") ? accuracy(value) : name.endsWith("loss") ? loss(value) : count(value);
    }

    /** Returns a span of time as {@code 0:07}, {@code 12:34} or {@code 1:02:03}. */
    static String time(double seconds) {
        long whole = Math.round(Math.max(0, seconds));
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    /** Returns a number of bytes as {@code 11.6 MB}. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        String[] units = {"kB", "MB", "GB"};
        int unit = -1;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}

package dev.nurture.config;

/** Text of unknown origin as a message may show it: one line, not too long, nothing that a terminal obeys. */
final class Shown {
    private static final int LENGTH = 60;

    private Shown() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        int length = 0;
        for (int at = 0; at < text.length() && length <= LENGTH; length++) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (length == LENGTH) {
                shown.append('…');
            } else if (isPlain(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format("\\u%04x", point));
            }
        }
        return shown.toString();
    }

    static String quoted(String text) {
        return "'" + of(text) + "'";
    }

    /** Tells whether a character stands for itself wherever it is printed. */
    static boolean isPlain(int point) {
        return point >= ' ' && point < 0x7f
                || point > 0x7f && Character.isLetterOrDigit(point)
                || "±·×µ…–".indexOf(point) >= 0;
    }
}

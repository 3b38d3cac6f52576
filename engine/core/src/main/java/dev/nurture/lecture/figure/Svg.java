package dev.nurture.lecture.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes a picture as SVG: as wide as whatever holds it, in light and dark colours, with its style within. The same calls
 * give the same text. One thread.
 */
final class Svg {
    /** Of every picture, in the units in which it is drawn. */
    static final double WIDTH = 600;

    /** Around what is drawn. */
    static final double MARGIN = 12;

    /** From one line of text to the next, in the larger letters that narrow screens get. */
    static final double LINE = 19;

    private final StringBuilder body = new StringBuilder();

    /** Returns a coordinate as text, to a tenth of a unit. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " is no coordinate");
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Returns text as it stands in an element or an attribute; what XML has no place for is left out. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    if (c == '\t' || c == '\n' || c >= ' ' && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF) {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    /**
     * Adds an element without content.
     *
     * @param attributes names and values in turn; a value is a text or a {@code double} coordinate
     */
    Svg add(String element, Object... attributes) {
        open(element, attributes);
        body.insert(body.length() - 1, '/');
        return this;
    }

    /** Opens an element. */
    Svg open(String element, Object... attributes) {
        body.append("\n<").append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            String value = attributes[i + 1] instanceof Double number ? number(number) : (String) attributes[i + 1];
            body.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(value))
                    .append('"');
        }
        body.append('>');
        return this;
    }

    Svg close(String element) {
        body.append("</").append(element).append('>');
        return this;
    }

    /** Adds a path; none where there is nothing to draw. */
    Svg path(String classes, CharSequence data) {
        return data.length() == 0 ? this : add("path", "class", classes, "d", data.toString());
    }

    /** Adds a line of text. */
    Svg text(double x, double y, Anchor anchor, String classes, String text) {
        String side = anchor.name().toLowerCase(java.util.Locale.ROOT);
        if (classes.isEmpty()) {
            open("text", "x", x, "y", y, "text-anchor", side);
        } else {
            open("text", "x", x, "y", y, "text-anchor", side, "class", classes);
        }
        body.append(escaped(text));
        return close("text");
    }

    /** Opens a window: what is drawn beyond it is not seen. Coordinates within are those outside. */
    Svg window(double x, double y, double width, double height) {
        String box = number(x) + " " + number(y) + " " + number(width) + " " + number(height);
        return open("svg", "x", x, "y", y, "width", width, "height", height, "viewBox", box);
    }

    Svg closeWindow() {
        return close("svg");
    }

    /** Which point of a text lies at its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /**
     * Returns the picture.
     *
     * @param title what it is, for those who cannot see it
     * @param description what there is to see
     */
    String end(double height, String title, String description) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"nf\" role=\"img\" viewBox=\"0 0 " + number(WIDTH)
                + " "
                + number(height) + "\" aria-label=\"" + escaped(title) + "\">\n<title>" + escaped(title)
                + "</title>\n<desc>" + escaped(description) + "</desc>" + FigureStyle.ELEMENT
                + "\n<rect class=\"fp\" width=\"" + number(WIDTH) + "\" height=\"" + number(height)
                + "\" rx=\"8\"/>" + body + "\n</svg>\n";
    }

    /** Returns about how wide a text is, in the larger letters that narrow screens get. */
    static double width(String text) {
        return text.codePoints().mapToDouble(Svg::width).sum() * 16.5;
    }

    private static double width(int c) {
        if ("iljtfrI.,:;'|!()[] ".indexOf(c) >= 0) {
            return 0.34;
        }
        if ("mwMW%@".indexOf(c) >= 0) {
            return 0.98;
        }
        return Character.isUpperCase(c) ? 0.7 : 0.6;
    }
}

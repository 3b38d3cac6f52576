package dev.nurture.lecture.figure;

import java.util.List;
import java.util.function.IntFunction;

/** Names of lines beside a piece of each, in as many rows as they need. */
final class Legend {
    private static final double KEY = 22;
    private static final double GAP = 18;

    private Legend() {}

    /**
     * Draws it and returns where it ends.
     *
     * @param stroke gives the classes of a line, by its place among the names
     */
    static double draw(Svg svg, double top, List<String> names, IntFunction<String> stroke) {
        return draw(svg, top, names, i -> "fl " + stroke.apply(i), KEY);
    }

    /** Draws it with a dot in the hue of each name, and returns where it ends. */
    static double points(Svg svg, double top, List<String> names) {
        return draw(svg, top, names, i -> "fd s" + i % LineChart.HUES, 10);
    }

    private static double draw(Svg svg, double top, List<String> names, IntFunction<String> classes, double length) {
        double x = Svg.MARGIN;
        double y = top;
        for (int i = 0; i < names.size(); i++) {
            double width = length + 6 + Svg.width(names.get(i));
            if (x > Svg.MARGIN && x + width > Svg.WIDTH - Svg.MARGIN) {
                x = Svg.MARGIN;
                y += Svg.LINE;
            }
            String key = length == KEY ? "h" + Svg.number(length - 2) : "m4 0h0";
            svg.path(classes.apply(i), "M" + Svg.number(x + 1) + " " + Svg.number(y + 11) + key);
            svg.text(x + length + 6, y + 16, Svg.Anchor.START, "", names.get(i));
            x += width + GAP;
        }
        return y + Svg.LINE + 4;
    }
}

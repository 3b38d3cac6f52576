package dev.nurture.lecture.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names at the ends of lines, moved apart where they would lie on each other. */
final class LineLabels {
    /** From the end of the axes to a name. */
    static final double GAP = 22;

    /** Between the end of a line and a name that stands right of it within the axes. */
    private static final double NEAR = 11;

    private final List<Label> labels = new ArrayList<>();
    private final List<Label> inside = new ArrayList<>();

    /**
     * A name.
     *
     * @param stroke class of the line's colour
     * @param x where the line ends
     * @param y where the line ends
     */
    record Label(String text, String stroke, double x, double y) {}

    /** Adds a name right of the axes. */
    void add(Label label) {
        labels.add(label);
    }

    /** Adds a name right of where its line ends. */
    void addInside(Label label) {
        inside.add(label);
    }

    /**
     * Writes the names.
     *
     * @param right end of the axes
     * @param longest where a line that goes on to the end of the axes ends
     * @param top which no name is above
     * @param bottom which no name is below
     */
    void draw(Svg svg, double right, double longest, double top, double bottom) {
        drawInside(svg, top, bottom);
        List<Label> ordered = new ArrayList<>(labels);
        ordered.sort(Comparator.comparingDouble(Label::y));
        double[] places = places(ordered.stream().mapToDouble(Label::y).toArray(), top, bottom);
        for (int i = 0; i < places.length; i++) {
            Label label = ordered.get(i);
            boolean early = label.x < longest - 3;
            svg.add(
                    "path",
                    "class",
                    "fl " + (early ? "fz " : "fy ") + label.stroke,
                    "d",
                    "M" + Svg.number(label.x + 4) + " " + Svg.number(label.y) + " " + Svg.number(right + GAP - 5) + " "
                            + Svg.number(places[i]));
            svg.text(right + GAP, places[i] + 5, Svg.Anchor.START, "", label.text);
        }
    }

    /** Writes names at the ends of lines; those of lines that end about the same place stand one below the other. */
    private void drawInside(Svg svg, double top, double bottom) {
        List<Label> ordered = new ArrayList<>(inside);
        ordered.sort(Comparator.comparingDouble(Label::y));
        double[] places = places(ordered.stream().mapToDouble(Label::y).toArray(), top, bottom);
        double x = ordered.stream().mapToDouble(Label::x).max().orElse(0);
        for (int i = 0; i < places.length; i++) {
            Label label = ordered.get(i);
            boolean alone = places[i] == label.y;
            svg.text((alone ? label.x : x) + NEAR, places[i] + 5, Svg.Anchor.START, "fh", label.text);
        }
    }

    /**
     * Returns places a line of text apart that are near those wanted, within bounds as far as there is room.
     *
     * @param wanted in ascending order
     */
    static double[] places(double[] wanted, double top, double bottom) {
        double[] places = wanted.clone();
        int count = places.length;
        double limit = Math.max(bottom, top + Svg.LINE * (count - 1));
        // Each as near as those above it allow; then up again from the lower bound; then spread about those that touch.
        for (int i = 0; i < count; i++) {
            places[i] = Math.max(places[i], i == 0 ? top : places[i - 1] + Svg.LINE);
        }
        for (int i = count - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], i == count - 1 ? limit : places[i + 1] - Svg.LINE);
        }
        centre(places, wanted, top);
        return places;
    }

    /** Moves each group of touching names up until it lies evenly about the places wanted. */
    private static void centre(double[] places, double[] wanted, double top) {
        int from = 0;
        while (from < places.length) {
            int to = from + 1;
            while (to < places.length && places[to] - places[to - 1] < Svg.LINE + 1e-9) {
                to++;
            }
            double off = 0;
            for (int i = from; i < to; i++) {
                off += places[i] - wanted[i];
            }
            double room = places[from] - (from == 0 ? top : places[from - 1] + Svg.LINE);
            double up = Math.max(0, Math.min(off / (to - from), room));
            for (int i = from; i < to; i++) {
                places[i] -= up;
            }
            from = to;
        }
    }
}

package dev.nurture.lecture.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One measure of several runs, as bars with their values.
 *
 * @param measure what it is, such as {@code test_accuracy}
 * @param emphasized names of the bars that stand out, such as those of ensembles
 */
public record Bars(String measure, Set<String> emphasized) {
    private static final double STEP = 27;
    private static final double THICK = 17;
    private static final double WIDEST = 230;

    /** Where the least is more than this share of the greatest, bars from zero would all look the same. */
    private static final double ALIKE = 0.8;

    public Bars {
        emphasized = Set.copyOf(emphasized);
    }

    /**
     * Returns the picture. The axis begins at zero; where nothing could be told apart then, it is cut, shown as cut, and
     * said to be.
     *
     * @param title what the picture is, for those who cannot see it
     * @param values by name, in the order to be drawn; NaN or infinite for a run that has none
     * @throws IllegalArgumentException if there is none, with a message for the user
     */
    public String draw(String title, Map<String, Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there is no bar to draw");
        }
        List<String> names = List.copyOf(values.keySet());
        double[] finite = values.values().stream()
                .mapToDouble(value -> value)
                .filter(Double::isFinite)
                .toArray();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : finite) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        boolean cut = finite.length > 1 && least > ALIKE * most && least < most;
        double widest = names.stream()
                .mapToDouble(name -> Svg.width(LineChart.shortened(name)))
                .max()
                .orElse(0);
        double left = Svg.MARGIN + Math.min(widest, WIDEST) + 10;
        double right = Svg.WIDTH - Svg.MARGIN - Svg.width("0.0000") - 8;
        Scale scale = finite.length == 0
                ? Scale.linear(0, 1, left, right)
                : scale(
                        cut ? least - 0.35 * (most - least) : Math.min(0, least),
                        Math.max(cut ? most : 0, most),
                        left,
                        right);
        Svg svg = new Svg();
        double top = Svg.MARGIN + Svg.LINE + 6;
        double bottom = top + STEP * names.size() + 4;
        svg.text(Svg.MARGIN, Svg.MARGIN + 14, Svg.Anchor.START, "fm", Words.of(measure));
        grid(svg, scale, top, bottom);
        StringBuilder said = new StringBuilder(Words.of(measure)).append(". ");
        double zero = cut ? left : scale.at(0);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            double value = values.get(name);
            bar(svg, name, value, scale, zero, top + STEP * i + (STEP - THICK) / 2 + 2, cut);
            said.append(i == 0 ? "" : "; ").append(name).append(": ").append(Numbers.brief(value, 4));
        }
        svg.path("fa", "M" + Svg.number(zero) + " " + Svg.number(top) + "V" + Svg.number(bottom));
        bottom += Svg.LINE;
        if (cut) {
            String note = "The axis is cut: it begins at " + Numbers.brief(scale.from(), 3) + ", not at 0.";
            svg.text(Svg.MARGIN, bottom + 16, Svg.Anchor.START, "fm fs", note);
            said.append(". ").append(note, 0, note.length() - 1);
            bottom += Svg.LINE + 2;
        }
        return svg.end(bottom + 10, title, said.append('.').toString());
    }

    private static Scale scale(double from, double to, double left, double right) {
        return from < to ? new Scale(from, to, left, right, false) : new Scale(from, from + 1, left, right, false);
    }

    private static void grid(Svg svg, Scale scale, double top, double bottom) {
        List<Double> ticks = new ArrayList<>(scale.ticks(5));
        List<String> labels = scale.labels(ticks);
        StringBuilder grid = new StringBuilder();
        for (int i = 0; i < ticks.size(); i++) {
            double at = scale.at(ticks.get(i));
            grid.append('M')
                    .append(Svg.number(at))
                    .append(' ')
                    .append(Svg.number(top))
                    .append('V')
                    .append(Svg.number(bottom));
            svg.text(at, bottom + 16, Svg.Anchor.MIDDLE, "fm", labels.get(i));
        }
        svg.path("fg", grid);
    }

    private void bar(Svg svg, String name, double value, Scale scale, double zero, double y, boolean cut) {
        String fill = emphasized.contains(name) ? "f1" : "f0";
        double middle = y + THICK / 2 + 5;
        svg.text(
                scale.start() - 10,
                middle,
                Svg.Anchor.END,
                emphasized.contains(name) ? "fb" : "",
                LineChart.shortened(name));
        if (!Double.isFinite(value)) {
            LineChart.cross(svg, fill.replace('f', 's'), zero + 8, y + THICK / 2);
            svg.text(zero + 20, middle, Svg.Anchor.START, "", Double.isNaN(value) ? "none" : Numbers.brief(value, 1));
            return;
        }
        double end = scale.at(value);
        svg.add(
                "rect",
                "class",
                fill,
                "x",
                Math.min(zero, end),
                "y",
                y,
                "width",
                Math.max(0.5, Math.abs(end - zero)),
                "height",
                THICK);
        if (cut) {
            // A gap like a torn edge: what is left of it is longer than it is drawn.
            String torn = "M" + Svg.number(zero + 7) + " " + Svg.number(y - 1) + "l4 " + Svg.number(THICK / 3) + "l-4 "
                    + Svg.number(THICK / 3) + "l4 " + Svg.number(THICK / 3 + 2) + "h4l-4 " + Svg.number(-THICK / 3 - 2)
                    + "l4 " + Svg.number(-THICK / 3) + "l-4 " + Svg.number(-THICK / 3) + "z";
            svg.path("fp", torn);
        }
        svg.text(Math.max(end, zero) + 7, middle, Svg.Anchor.START, "fh", Numbers.brief(value, 4));
    }
}

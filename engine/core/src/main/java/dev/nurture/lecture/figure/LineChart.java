package dev.nurture.lecture.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Lines over common axes, with their names at their ends or above. A line that broke off is marked where it did. Made for
 * one picture.
 */
final class LineChart {
    /** Hues that are told apart by those who see few; of more lines the colours are an order. */
    static final int HUES = 8;

    private static final double HEIGHT = 270;

    /** Wider names stand above the axes. */
    private static final double WIDEST = 190;

    private static final int LONGEST = 26;
    private static final int FEW = 40;
    private static final double ARM = 4.5;

    private final String xLabel;
    private final String yLabel;
    private final boolean logX;
    private final boolean logY;
    private final List<Line> lines;
    private List<String> categories = List.of();
    private boolean share;
    private double guide = Double.NaN;
    private double floor = Double.NaN;
    private double ceiling = Double.NaN;
    private boolean upperEdge;
    private final Map<Integer, List<Double>> broken = new TreeMap<>();

    private Scale xScale;
    private Scale yScale;
    private double greatest;

    /**
     * A line.
     *
     * @param x places, ascending
     * @param y values; NaN where there is none
     * @param broke why it ends before its time, or null
     */
    record Line(String name, double[] x, double[] y, String broke) {
        boolean any() {
            return Arrays.stream(y).anyMatch(Double::isFinite);
        }
    }

    LineChart(String xLabel, String yLabel, boolean logX, boolean logY, List<Line> lines) {
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.logX = logX;
        this.logY = logY;
        this.lines = lines;
    }

    /** Names the places 0, 1, 2 and so on of the axis. */
    LineChart categories(List<String> names) {
        categories = names;
        return this;
    }

    /** Says that values are shares, so that the axis begins at 0 and ends at 1 at the latest. */
    LineChart share() {
        share = true;
        return this;
    }

    /** Draws a level line across. */
    LineChart guide(double value) {
        guide = value;
        return this;
    }

    /** Says that what is beyond these values need not be seen. */
    LineChart within(double least, double most) {
        floor = least;
        ceiling = most;
        return this;
    }

    /** Says that what broke off before its first value lies beyond the upper edge of the axes rather than the lower. */
    LineChart atEdge(boolean upper) {
        upperEdge = upper;
        return this;
    }

    /** Draws crosses at the edge of the axes, for values that a line does not have. */
    LineChart broken(int line, List<Double> places) {
        broken.put(line, places);
        return this;
    }

    /** Returns the class of a line's colour. */
    static String stroke(int line, int lines) {
        return lines <= HUES ? "s" + line : "r" + Math.round(line * 7.0 / (lines - 1));
    }

    /** Returns a name that is not too long to write. */
    static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    /** Draws between a top and the bottom that it returns. */
    double draw(Svg svg, double from) {
        List<String> names = lines.stream()
                .map(line -> shortened(line.name) + (line.broke == null ? "" : " × " + line.broke))
                .toList();
        double widest = names.stream().mapToDouble(Svg::width).max().orElse(0);
        boolean beside = lines.size() > 1 && (widest <= WIDEST || lines.size() > HUES);
        double top = from;
        if (lines.size() > 1 && !beside) {
            top = Legend.draw(svg, top, names, i -> stroke(i, lines.size()));
        }
        top += Svg.LINE + 11;
        double right = beside ? Svg.WIDTH - Svg.MARGIN - Math.min(widest, 2 * WIDEST) - LineLabels.GAP : Svg.WIDTH - 20;
        double height = Math.max(HEIGHT, beside ? Svg.LINE * lines.size() : 0);
        double bottom = top + height;
        yScale = yScale(bottom, top);
        double left = Axes.left(yScale, height);
        xScale = xScale(left, right);
        Axes axes = new Axes(xScale, yScale);
        svg.text(Svg.MARGIN, top - 14, Svg.Anchor.START, "fm", yLabel);
        if (greatest > yScale.to()) {
            svg.text(
                    right,
                    top - 14,
                    Svg.Anchor.END,
                    "fm fs",
                    "cut at " + Numbers.brief(yScale.to(), 3) + "; the greatest is " + Numbers.brief(greatest, 3));
        }
        axes.draw(svg, categories, xLabel);
        guides(svg, axes);
        LineLabels labels = new LineLabels();
        svg.window(left - 4, top - 4, right - left + 8, height + 8);
        for (int i = 0; i < lines.size(); i++) {
            drawLine(svg, lines.get(i), stroke(i, lines.size()));
        }
        svg.closeWindow();
        for (int i = 0; i < lines.size(); i++) {
            LineLabels.Label end = end(svg, i, names.get(i));
            if (lines.get(i).broke != null && end.x() + Svg.width(names.get(i)) < right) {
                labels.addInside(end);
            } else {
                labels.add(end);
            }
        }
        crosses(svg);
        if (beside) {
            labels.draw(svg, right, xScale.at(longest()), top + 4, bottom - 6);
        }
        return axes.bottom();
    }

    /** Returns where the longest line ends. */
    private double longest() {
        return lines.stream()
                .flatMapToDouble(line -> IntStream.range(0, line.x.length)
                        .filter(i -> Polyline.drawable(xScale, line.x[i]) && Polyline.drawable(yScale, line.y[i]))
                        .mapToDouble(i -> line.x[i]))
                .max()
                .orElse(xScale.to());
    }

    private void guides(Svg svg, Axes axes) {
        if (Double.isFinite(guide)) {
            axes.level(svg, guide);
        }
    }

    private void drawLine(Svg svg, Line line, String stroke) {
        long points = Arrays.stream(line.y).filter(Double::isFinite).count();
        svg.path("fl " + stroke, Polyline.through(xScale, yScale, line.x, line.y));
        if (points <= FEW) {
            StringBuilder dots = new StringBuilder();
            for (int i = 0; i < line.y.length; i++) {
                if (Polyline.drawable(xScale, line.x[i])
                        && Polyline.drawable(yScale, line.y[i])
                        && visible(line.y[i])) {
                    dots.append('M')
                            .append(Svg.number(xScale.at(line.x[i])))
                            .append(' ')
                            .append(Svg.number(yScale.at(line.y[i])))
                            .append("h0");
                }
            }
            svg.path("fd " + stroke, dots);
        }
    }

    private boolean visible(double value) {
        return value >= yScale.from() && value <= yScale.to();
    }

    /** Marks the end of a line that broke off, and returns where its name belongs. */
    private LineLabels.Label end(Svg svg, int index, String name) {
        Line line = lines.get(index);
        String stroke = stroke(index, lines.size());
        int last = line.y.length - 1;
        while (last >= 0 && !(Polyline.drawable(xScale, line.x[last]) && Polyline.drawable(yScale, line.y[last]))) {
            last--;
        }
        double x = last < 0 ? xScale.within(line.x.length > 0 ? line.x[0] : xScale.from()) : xScale.at(line.x[last]);
        double y = last < 0 ? edge() : yScale.within(line.y[last]);
        if (line.broke != null) {
            // Lines that break off at the same place side by side, not on each other.
            double aside = last < 0 ? x + 3 + 2.6 * ARM * before(index) : x;
            cross(svg, stroke, aside, y);
            return new LineLabels.Label(name, stroke, aside, y);
        }
        return new LineLabels.Label(name, stroke, x, y);
    }

    private double edge() {
        return upperEdge ? yScale.end() + ARM + 2 : yScale.start();
    }

    /** Draws the crosses of all lines, those of one place side by side. */
    private void crosses(Svg svg) {
        Map<Double, Integer> all = new HashMap<>();
        broken.values().forEach(places -> places.forEach(place -> all.merge(place, 1, Integer::sum)));
        Map<Double, Integer> drawn = new HashMap<>();
        broken.forEach((line, places) -> {
            for (double place : places) {
                double aside = drawn.merge(place, 1, Integer::sum) - (all.get(place) + 1) / 2.0;
                cross(svg, stroke(line, lines.size()), xScale.at(place) + 2.6 * ARM * aside, edge());
            }
        });
    }

    private long before(int index) {
        return lines.subList(0, index).stream()
                .filter(line -> line.broke != null && !line.any())
                .count();
    }

    static void cross(Svg svg, String stroke, double x, double y) {
        svg.add(
                "path",
                "class",
                "fx " + stroke,
                "d",
                "M" + Svg.number(x - ARM) + " " + Svg.number(y - ARM) + " " + Svg.number(x + ARM) + " "
                        + Svg.number(y + ARM) + "M" + Svg.number(x - ARM) + " " + Svg.number(y + ARM) + " "
                        + Svg.number(x + ARM) + " " + Svg.number(y - ARM));
    }

    private Scale xScale(double left, double right) {
        if (!categories.isEmpty()) {
            return new Scale(-0.3, categories.size() - 0.7, left, right, false);
        }
        double[] values = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.x))
                .filter(value -> Double.isFinite(value) && (!logX || value > 0))
                .toArray();
        double least = DoubleStream.of(values).min().orElse(logX ? 0.1 : 0);
        double most = DoubleStream.of(values).max().orElse(1);
        return logX ? Scale.logarithmic(least, most, left, right) : Scale.linear(least, most, left, right);
    }

    private Scale yScale(double start, double end) {
        double[] values = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.y))
                .filter(value -> Double.isFinite(value) && (!logY || value > 0))
                .sorted()
                .toArray();
        if (values.length == 0) {
            greatest = Double.NaN;
            return logY ? Scale.logarithmic(0.1, 1, start, end) : Scale.linear(0, 1, start, end);
        }
        double least = values[0];
        greatest = values[values.length - 1];
        if (Double.isFinite(guide) && (!logY || guide > 0)) {
            least = Math.min(least, guide);
        }
        if (logY) {
            double low = least < floor ? floor : Math.max(least, 1e-30);
            double high = greatest > ceiling ? ceiling : Math.min(greatest, 1e30);
            return Scale.logarithmic(low, high, start, end).roomier(0.04, 0.04);
        }
        double most = top(values);
        if (share) {
            return new Scale(
                    Math.min(0, least),
                    Math.min(Math.max(1, greatest), 1.05 * Math.max(most, 1e-3)),
                    start,
                    end,
                    false);
        }
        Scale scale = Scale.linear(least, most, start, end);
        double low = least >= 0 && least < 0.3 * most ? 0 : scale.from() - 0.05 * (scale.to() - scale.from());
        return new Scale(
                least >= 0 ? Math.max(0, low) : low, scale.to() + 0.05 * (scale.to() - low), start, end, false);
    }

    /**
     * Returns where a linear axis ends: at the greatest value, unless it is so great that all others would lie on the
     * bottom.
     */
    private static double top(double[] sorted) {
        double most = sorted[sorted.length - 1];
        double usual = sorted[(sorted.length - 1) * 9 / 10];
        return usual > 0 && most > 8 * usual ? 2 * usual : most;
    }

    /** Says what the lines do. */
    String description() {
        List<String> said = new ArrayList<>();
        for (Line line : lines) {
            int[] there = IntStream.range(0, line.y.length)
                    .filter(i -> Double.isFinite(line.y[i]))
                    .toArray();
            String what = there.length == 0
                    ? "no finite value"
                    : "from " + Numbers.brief(line.y[there[0]], 4) + " at " + place(line.x[there[0]]) + " to "
                            + Numbers.brief(line.y[there[there.length - 1]], 4) + " at "
                            + place(line.x[there[there.length - 1]]);
            said.add(line.name + ": " + what + (line.broke == null ? "" : ", then " + line.broke));
        }
        return yLabel + " by " + xLabel.toLowerCase(Locale.ROOT) + ". " + String.join("; ", said) + ".";
    }

    private String place(double x) {
        return categories.isEmpty() ? Numbers.brief(x, 6) : categories.get((int) x);
    }
}

package dev.nurture.lecture.figure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Two axes, their ticks, and what is written at them.
 *
 * @param x from left to right
 * @param y from the bottom up
 */
record Axes(Scale x, Scale y) {
    private static final double TICK = 5;

    /** Returns where axes begin, so that there is room for what is written at the ticks of the upright one. */
    static double left(Scale y, double height) {
        return Svg.MARGIN + 10 + widest(y.labels(y.ticks(upright(height))));
    }

    private static int upright(double height) {
        return Math.max(2, (int) (height / 45));
    }

    private static double widest(List<String> labels) {
        return labels.stream().mapToDouble(Svg::width).max().orElse(0);
    }

    /** Returns where the writing below ends. */
    double bottom() {
        return y.start() + TICK + 2 * Svg.LINE + 2;
    }

    /**
     * Draws them.
     *
     * @param categories names of the places 0, 1, 2 and so on; empty where the axis has numbers
     */
    void draw(Svg svg, List<String> categories, String label) {
        double height = y.start() - y.end();
        List<Double> levels = y.ticks(upright(height));
        List<String> values = y.labels(levels);
        StringBuilder grid = new StringBuilder();
        for (int i = 0; i < levels.size(); i++) {
            double at = y.at(levels.get(i));
            grid.append('M').append(Svg.number(x.start())).append(' ').append(Svg.number(at));
            grid.append('H').append(Svg.number(x.end()));
            svg.text(x.start() - 7, at + 5, Svg.Anchor.END, "fm", values.get(i));
        }
        svg.path("fg", grid);
        StringBuilder axis = new StringBuilder();
        axis.append('M').append(Svg.number(x.start())).append(' ').append(Svg.number(y.start()));
        axis.append('H').append(Svg.number(x.end()));
        if (categories.isEmpty()) {
            List<Double> places = places();
            ticks(svg, axis, places, x.labels(places));
        } else {
            named(svg, axis, categories);
        }
        svg.path("fa", axis);
        svg.text((x.start() + x.end()) / 2, y.start() + TICK + 2 * Svg.LINE - 3, Svg.Anchor.MIDDLE, "fm", label);
    }

    /** Returns as many ticks as have room for what is written at them. */
    private List<Double> places() {
        double width = x.end() - x.start();
        for (int most = 8; most > 2; most--) {
            List<Double> places = x.ticks(most);
            if (places.size() * (widest(x.labels(places)) + 14) <= width) {
                return places;
            }
        }
        return x.ticks(2);
    }

    private void ticks(Svg svg, StringBuilder axis, List<Double> places, List<String> labels) {
        for (int i = 0; i < places.size(); i++) {
            double at = x.at(places.get(i));
            axis.append('M').append(Svg.number(at)).append(' ').append(Svg.number(y.start()));
            axis.append('v').append(Svg.number(TICK));
            svg.text(at, y.start() + TICK + Svg.LINE - 4, Svg.Anchor.MIDDLE, "fm", labels.get(i));
        }
    }

    /** Writes names, of many every second, third and so on. */
    private void named(Svg svg, StringBuilder axis, List<String> names) {
        double room = (x.end() - x.start()) / names.size();
        int every = Math.max(1, (int) Math.ceil((widest(names) + 6) / room));
        List<Double> places = IntStream.range(0, names.size())
                .filter(i -> i % every == 0)
                .mapToObj(i -> (double) i)
                .toList();
        ticks(
                svg,
                axis,
                places,
                places.stream().map(i -> names.get(i.intValue())).toList());
    }

    /** Draws a dashed line across. */
    void level(Svg svg, double value) {
        String at = Svg.number(y.at(value));
        svg.path("fn", "M" + Svg.number(x.start()) + " " + at + "H" + Svg.number(x.end()));
    }
}

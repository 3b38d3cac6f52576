package dev.nurture.lecture.figure;

import dev.nurture.contracts.TestPass;
import dev.nurture.contracts.TestVariables;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Activations and their derivatives over [-5, 5], a small picture each on common axes; the values are what the plugins
 * compute. One with weights has those that it begins with. One with several inputs a unit, such as maxout, is shown as a
 * unit of one input x whose pieces are lines that touch the parabola x²/4.
 */
public record ActivationFunctions() {
    /** Where functions are computed; 0 is among these. */
    static final int POINTS = 401;

    private static final double END = 5;

    /** Functions that go farther leave the picture. */
    private static final double LOWEST = -2;

    private static final double HIGHEST = 2.5;

    /** A derivative that changes by more from one point to the next jumps. */
    private static final double JUMP = 0.15;

    private static final int COLUMNS = 3;
    private static final double PANEL = 118;

    /** What an activation gives. */
    record Shown(String name, double[] x, double[] y, double[] slope) {}

    /**
     * Returns the picture.
     *
     * @param title what the picture is, for those who cannot see it
     * @param activations by the names to be written; an elementwise one as {@link ActivationLayer#of} wraps it
     * @throws IllegalArgumentException if there is none, or one fails or does not give a value for a value, with a message
     *     for the user
     */
    public String draw(String title, Map<String, ActivationLayer> activations) {
        if (activations.isEmpty()) {
            throw new IllegalArgumentException("there is no activation to draw");
        }
        List<Shown> all = new ArrayList<>();
        activations.forEach((name, activation) -> all.add(computed(name, activation)));
        double least = all.stream()
                .flatMapToDouble(one -> Arrays.stream(one.y))
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        double most = all.stream()
                .flatMapToDouble(one -> Arrays.stream(one.y))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double low = Math.max(LOWEST, Math.min(least, 0)) - 0.15;
        double high = Math.min(HIGHEST, Math.max(most, 1)) + 0.15;
        Svg svg = new Svg();
        double top = Legend.draw(svg, Svg.MARGIN, List.of("f(x)", "derivative f′(x)"), i -> i == 0 ? "s0" : "s1 fk");
        int columns = Math.min(COLUMNS, all.size());
        double width = (Svg.WIDTH - 2 * Svg.MARGIN - 26) / columns;
        double height = PANEL * (columns < COLUMNS ? 1.5 : 1);
        for (int i = 0; i < all.size(); i++) {
            double left = Svg.MARGIN + 26 + width * (i % columns);
            double above = top + (height + 54) * (i / columns) + Svg.LINE + 4;
            Scale x = new Scale(-END, END, left, left + width - 20, false);
            Scale y = new Scale(low, high, above + height, above, false);
            panel(svg, all.get(i), x, y, i % columns == 0);
        }
        int rows = (all.size() + columns - 1) / columns;
        return svg.end(top + (height + 54) * rows + 4, title, description(all));
    }

    private static void panel(Svg svg, Shown one, Scale x, Scale y, boolean first) {
        svg.text(x.start(), y.end() - 8, Svg.Anchor.START, "fb", one.name);
        StringBuilder grid = new StringBuilder();
        List<Double> levels = y.ticks(5);
        List<String> values = y.labels(levels);
        for (int i = 0; i < levels.size(); i++) {
            double at = y.at(levels.get(i));
            if (levels.get(i) != 0) {
                grid.append('M')
                        .append(Svg.number(x.start()))
                        .append(' ')
                        .append(Svg.number(at))
                        .append('H')
                        .append(Svg.number(x.end()));
            }
            if (first) {
                svg.text(x.start() - 5, at + 5, Svg.Anchor.END, "fm", values.get(i));
            }
        }
        svg.path("fg", grid);
        String zeroes = "M" + Svg.number(x.start()) + " " + Svg.number(y.at(0)) + "H" + Svg.number(x.end()) + "M"
                + Svg.number(x.at(0)) + " " + Svg.number(y.start()) + "V" + Svg.number(y.end());
        svg.path("fa", zeroes);
        svg.text(x.start(), y.start() + 17, Svg.Anchor.START, "fm", Numbers.fixed(-END, 0));
        svg.text(x.at(0), y.start() + 17, Svg.Anchor.MIDDLE, "fm", "0");
        svg.text(x.end(), y.start() + 17, Svg.Anchor.END, "fm", Numbers.fixed(END, 0));
        svg.window(x.start(), y.end(), x.end() - x.start(), y.start() - y.end());
        svg.path("fl s0", Polyline.through(x, y, one.x, one.y));
        svg.path("fl s1 fk", steps(x, y, one.x, one.slope));
        svg.closeWindow();
    }

    /** Returns the path of a derivative: where it jumps, it is not drawn as if it went steeply from one value to the other. */
    private static String steps(Scale x, Scale y, double[] places, double[] values) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (int i = 1; i <= values.length; i++) {
            if (i == values.length || Math.abs(values[i] - values[i - 1]) > JUMP) {
                path.append(Polyline.through(
                        x, y, Arrays.copyOfRange(places, from, i), Arrays.copyOfRange(values, from, i)));
                from = i;
            }
        }
        return path.toString();
    }

    /** Returns what an activation makes of x from -5 to 5, and how that changes with x. */
    static Shown computed(String name, ActivationLayer activation) {
        int pieces = activation.inputsPerUnit();
        float[] inputs = new float[POINTS * pieces];
        float[] outputs = new float[POINTS];
        float[] ones = new float[POINTS];
        float[] gradients = new float[POINTS * pieces];
        double[] x = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = -END + 2 * END * i / (POINTS - 1);
            for (int piece = 0; piece < pieces; piece++) {
                double slope = slope(piece, pieces);
                inputs[i * pieces + piece] = (float) (pieces == 1 ? x[i] : slope * x[i] - slope * slope);
            }
        }
        Arrays.fill(ones, 1);
        try {
            Shape shape = activation.build(Shape.of(pieces), new TestVariables(POINTS));
            if (!shape.equals(Shape.of(1))) {
                throw new IllegalArgumentException("gives " + shape + " values for " + pieces);
            }
            TestPass pass = TestPass.training(1);
            activation.forward(inputs, outputs, POINTS, pass);
            activation.backward(inputs, outputs, ones, gradients, POINTS, pass);
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalArgumentException("activation '" + name + "' cannot be drawn: " + e.getMessage(), e);
        }
        double[] y = new double[POINTS];
        double[] slopes = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            y[i] = outputs[i];
            for (int piece = 0; piece < pieces; piece++) {
                slopes[i] += gradients[i * pieces + piece] * (pieces == 1 ? 1 : slope(piece, pieces));
            }
        }
        return new Shown(name, x, y, slopes);
    }

    /** Returns the slope of a piece: evenly from -1 to 1. The line of slope s touches x²/4 at x = 2s. */
    private static double slope(int piece, int pieces) {
        return pieces == 1 ? 1 : -1 + 2.0 * piece / (pieces - 1);
    }

    private static String description(List<Shown> all) {
        List<String> said = new ArrayList<>();
        for (Shown one : all) {
            double least = Arrays.stream(one.slope).min().orElse(0);
            double most = Arrays.stream(one.slope).max().orElse(0);
            said.add(String.format(
                    Locale.ROOT,
                    "%s: f(-5) = %s, f(0) = %s, f(5) = %s, derivative from %s to %s",
                    one.name,
                    Numbers.brief(one.y[0], 3),
                    Numbers.brief(one.y[POINTS / 2], 3),
                    Numbers.brief(one.y[POINTS - 1], 3),
                    Numbers.brief(least, 3),
                    Numbers.brief(most, 3)));
        }
        return "Functions and their derivatives for x from -5 to 5. " + String.join("; ", said) + ".";
    }
}

package dev.nurture.lecture.figure;

import dev.nurture.spi.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The ways of several optimizers down a ravine, {@code f(x, y) = ½(x² + steepness · y²)}, from one start, and how the value
 * falls. They see the exact gradient at their own learning rates; nothing decays.
 *
 * @param steepness how much more the ravine bends across than along
 * @param startX where they begin
 * @param startY where they begin
 * @param steps that are drawn
 */
public record Ravine(double steepness, double startX, double startY, int steps) {
    /** What is to be reached: this share of the first value. */
    private static final double SHARE = 0.01;

    /** Whoever needs more steps than this is not waited for. */
    private static final int PATIENCE = 10_000;

    private static final int COLUMNS = 2;
    private static final double HEIGHT = 116;

    /** The lecture's ravine: fifty times steeper across than along. */
    public Ravine(int steps) {
        this(50, -8, 1.5, steps);
    }

    public Ravine {
        if (!(steepness > 0) || steps < 1) {
            throw new IllegalArgumentException("a ravine has a steepness above 0 and at least 1 step to draw");
        }
    }

    /**
     * The picture, and how long each takes.
     *
     * @param steps after which the value is at most a hundredth of the first, by name; empty for one that is not there after
     *     10,000
     */
    public record Drawn(String svg, Map<String, OptionalInt> steps) {}

    /**
     * A way down.
     *
     * @param x after 0, 1, 2 and so on steps
     * @param y likewise
     * @param reached the first step after which the value is low enough
     */
    record Way(String name, double[] x, double[] y, OptionalInt reached) {}

    /** The step as the optimizer sees it. */
    private record Step(long number, float learningRate) implements Optimizer.Step {
        @Override
        public boolean decays() {
            return false;
        }
    }

    /**
     * Returns the picture.
     *
     * @param title what the picture is, for those who cannot see it
     * @param optimizers by name, in the order to be drawn
     * @throws IllegalArgumentException if there is none, or one fails, with a message for the user
     */
    public Drawn draw(String title, Map<String, Optimizer> optimizers) {
        if (optimizers.isEmpty()) {
            throw new IllegalArgumentException("there is no optimizer to draw");
        }
        List<Way> ways = new ArrayList<>();
        Map<String, OptionalInt> reached = new LinkedHashMap<>();
        optimizers.forEach((name, optimizer) -> {
            Way way = way(name, optimizer);
            ways.add(way);
            reached.put(name, way.reached);
        });
        Svg svg = new Svg();
        int columns = Math.min(COLUMNS, ways.size());
        double width = (Svg.WIDTH - 2 * Svg.MARGIN + 14) / columns;
        double top = Svg.MARGIN;
        for (int i = 0; i < ways.size(); i++) {
            double left = Svg.MARGIN + width * (i % columns);
            panel(svg, ways.get(i), LineChart.stroke(i, ways.size()), left, top, width - 14);
            if (i % columns == columns - 1 || i == ways.size() - 1) {
                top += HEIGHT + Svg.LINE + 18;
            }
        }
        LineChart chart = new LineChart("step", "f(x, y); dashed: a hundredth of the first", false, true, lines(ways))
                .guide(SHARE * value(startX, startY))
                .within(1e-4 * value(startX, startY), 10 * value(startX, startY));
        double bottom = chart.draw(svg, top) + Svg.LINE;
        svg.text(
                Svg.MARGIN,
                bottom - 4,
                Svg.Anchor.START,
                "fm fs",
                "Above each: steps until f first is a hundredth of what it was.");
        return new Drawn(svg.end(bottom + 6, title, description(ways)), reached);
    }

    double value(double x, double y) {
        return 0.5 * (x * x + steepness * y * y);
    }

    /** Lets an optimizer go down; its numbers are floats, as in training. */
    Way way(String name, Optimizer optimizer) {
        double[] x = new double[steps + 1];
        double[] y = new double[steps + 1];
        x[0] = startX;
        y[0] = startY;
        float[] w = {(float) startX, (float) startY};
        float[] g = new float[2];
        double enough = SHARE * value(startX, startY);
        OptionalInt reached = OptionalInt.empty();
        try {
            float rate = optimizer.learningRate();
            float[][] slots = new float[optimizer.slots().size()][2];
            for (int step = 1; step <= Math.max(steps, reached.isPresent() ? 0 : PATIENCE); step++) {
                g[0] = w[0];
                g[1] = (float) (steepness * w[1]);
                optimizer.update(w, g, slots, 0, 2, new Step(step, rate));
                if (step <= steps) {
                    x[step] = w[0];
                    y[step] = w[1];
                }
                if (reached.isEmpty() && value(w[0], w[1]) <= enough) {
                    reached = OptionalInt.of(step);
                }
            }
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalArgumentException("optimizer '" + name + "' failed in the ravine: " + e.getMessage(), e);
        }
        return new Way(name, x, y, reached);
    }

    private void panel(Svg svg, Way way, String stroke, double left, double top, double width) {
        double reach = Math.abs(startX) * 1.15;
        Scale x = new Scale(
                Math.min(startX, -reach * 0.45) * 1.12,
                Math.max(startX, reach * 0.45) * 1.12,
                left,
                left + width,
                false);
        double high = Math.abs(startY) * 1.45;
        double above = top + Svg.LINE + 5;
        Scale y = new Scale(-high, high, above + HEIGHT, above, false);
        svg.text(left, top + 15, Svg.Anchor.START, "fb", LineChart.shortened(way.name));
        svg.text(left + width, top + 15, Svg.Anchor.END, "fm", said(way));
        svg.window(left, above, width, HEIGHT);
        for (double share : new double[] {10, 10 / 3.0, 1, 1 / 3.0, 0.1, 1 / 30.0, SHARE}) {
            double level = share * value(startX, startY);
            svg.add(
                    "ellipse",
                    "class",
                    share == SHARE ? "fn" : "fc",
                    "cx",
                    x.at(0),
                    "cy",
                    y.at(0),
                    "rx",
                    x.at(Math.sqrt(2 * level)) - x.at(0),
                    "ry",
                    y.at(0) - y.at(Math.sqrt(2 * level / steepness)));
        }
        svg.path("fl fw " + stroke, Polyline.through(x, y, way.x, way.y));
        StringBuilder dots = new StringBuilder();
        for (int i = 0; i < way.x.length; i++) {
            if (way.x[i] >= x.from() && way.x[i] <= x.to() && Math.abs(way.y[i]) <= high) {
                dots.append('M')
                        .append(Svg.number(x.at(way.x[i])))
                        .append(' ')
                        .append(Svg.number(y.at(way.y[i])))
                        .append("h0");
            }
        }
        svg.path("fd fe " + stroke, dots);
        svg.add("circle", "class", "fi", "cx", x.at(startX), "cy", y.at(startY), "r", 4.0);
        svg.closeWindow();
        svg.add("rect", "class", "fg", "x", left, "y", above, "width", width, "height", HEIGHT);
    }

    private static String said(Way way) {
        int last = way.x.length - 1;
        boolean finite = Double.isFinite(way.x[last]) && Double.isFinite(way.y[last]);
        return way.reached.isPresent()
                ? way.reached.getAsInt() + (way.reached.getAsInt() == 1 ? " step" : " steps")
                : finite ? "not there" : "× not finite";
    }

    private List<LineChart.Line> lines(List<Way> ways) {
        double[] numbers = IntStream.rangeClosed(0, steps).asDoubleStream().toArray();
        return ways.stream()
                .map(way -> {
                    double[] values = IntStream.rangeClosed(0, steps)
                            .mapToDouble(i -> value(way.x[i], way.y[i]))
                            .toArray();
                    boolean broke = !Arrays.stream(values).allMatch(Double::isFinite);
                    return new LineChart.Line(way.name, numbers, values, broke ? "not finite" : null);
                })
                .toList();
    }

    private String description(List<Way> ways) {
        List<String> said =
                ways.stream().map(way -> way.name + ": " + said(way)).toList();
        return "Contour lines of ½(x² + " + Numbers.brief(steepness, 4) + " y²) and the ways of optimizers from ("
                + Numbers.brief(startX, 4) + ", " + Numbers.brief(startY, 4)
                + "); steps to a hundredth of the first value: " + String.join("; ", said) + ".";
    }
}

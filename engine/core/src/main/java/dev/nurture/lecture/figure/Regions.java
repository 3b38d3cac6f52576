package dev.nurture.lecture.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which class the networks of several runs give where in the plane, a small picture each, with training points. */
public record Regions() {
    private static final int COLUMNS = 3;
    private static final double GAP = 16;

    /** For what is written at an upright axis. */
    private static final double ROOM = 40;

    private static final double NEAR = 12;

    /** A single picture does not need all the width. */
    private static final double WIDEST = 420;

    /** The plane of one run, as its {@code evaluation.json} describes it. */
    private record Plane(
            RunData run, double[] x, double[] y, int width, int height, int[] classes, double[][] points, int count) {}

    /**
     * Returns the picture.
     *
     * @param title what the picture is, for those who cannot see it
     * @param runs data of runs as their pages have it, by name, in the order to be drawn
     * @throws IllegalArgumentException if a run has no regions, with a message for the user
     */
    public String draw(String title, Map<String, JsonObject> runs) {
        List<Plane> planes = RunData.of(runs).stream().map(Regions::plane).toList();
        int columns = Math.min(COLUMNS, planes.size());
        // What is written at the upright axis stands once a row where all axes are the same.
        boolean alike = planes.stream().allMatch(plane -> Arrays.equals(plane.y, planes.get(0).y));
        double gap = alike ? GAP : GAP + ROOM;
        double width = Math.min(WIDEST, (Svg.WIDTH - 2 * Svg.MARGIN - ROOM + gap) / columns - gap);
        double margin = (Svg.WIDTH + ROOM - columns * (width + gap) + gap) / 2;
        Svg svg = new Svg();
        double top = Legend.points(svg, Svg.MARGIN, names(planes));
        double below = top;
        for (int i = 0; i < planes.size(); i++) {
            double left = margin + (width + gap) * (i % columns);
            boolean first = i % columns == 0 || !alike;
            below = Math.max(below, panel(svg, planes.get(i), left, top, width, first));
            if (i % columns == columns - 1) {
                top = below;
            }
        }
        return svg.end(below, title, description(planes));
    }

    private static Plane plane(RunData run) {
        JsonElement regions = run.json().get("regions");
        if (regions == null || regions.isJsonNull()) {
            throw new IllegalArgumentException(
                    "run '" + run.name()
                            + "' has no decision regions: they are kept of a classification of two features whose training ended well");
        }
        JsonObject json = regions.getAsJsonObject();
        JsonArray classes = json.getAsJsonArray("classes");
        int[] predicted = new int[classes.size()];
        int most = 0;
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = classes.get(i).getAsInt();
            most = Math.max(most, predicted[i]);
        }
        JsonArray array = json.getAsJsonArray("points");
        double[][] points = new double[array.size()][];
        for (int i = 0; i < points.length; i++) {
            points[i] = RunData.numbers(array.get(i).getAsJsonArray());
            most = Math.max(most, (int) points[i][2]);
        }
        return new Plane(
                run,
                RunData.numbers(json.getAsJsonArray("x")),
                RunData.numbers(json.getAsJsonArray("y")),
                json.get("width").getAsInt(),
                json.get("height").getAsInt(),
                predicted,
                points,
                most + 1);
    }

    /** Returns the classes' names; of a run that has none their numbers. */
    private static List<String> names(List<Plane> planes) {
        int count = planes.stream().mapToInt(Plane::count).max().orElseThrow();
        JsonElement known = planes.get(0).run.json().get("classes");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean named = known != null
                    && known.isJsonArray()
                    && i < known.getAsJsonArray().size();
            names.add(named ? known.getAsJsonArray().get(i).getAsString() : Integer.toString(i));
        }
        return names.stream().allMatch(name -> name.matches("[0-9]+"))
                ? names.stream().map(name -> "class " + name).toList()
                : names;
    }

    private static double panel(Svg svg, Plane plane, double left, double top, double width, boolean first) {
        double ratio = (plane.y[1] - plane.y[0]) / (plane.x[1] - plane.x[0]);
        double height = width * (ratio > 0.5 && ratio < 2 ? ratio : 1);
        double above = top + Svg.LINE + 4;
        Scale x = new Scale(plane.x[0], plane.x[1], left, left + width, false);
        Scale y = new Scale(plane.y[0], plane.y[1], above + height, above, false);
        svg.text(left, top + 15, Svg.Anchor.START, "fb", LineChart.shortened(plane.run.name()));
        cells(svg, plane, x, y);
        points(svg, plane, x, y);
        svg.add("rect", "class", "fa", "x", left, "y", above, "width", width, "height", height);
        List<Double> ticks = x.ticks(width > 250 ? 5 : 3);
        List<String> labels = x.labels(ticks);
        for (int i = 0; i < labels.size(); i++) {
            double at = x.at(ticks.get(i));
            // At the sides within them, beside another picture's.
            Svg.Anchor anchor =
                    at < left + NEAR ? Svg.Anchor.START : at > left + width - NEAR ? Svg.Anchor.END : Svg.Anchor.MIDDLE;
            svg.text(at, above + height + 17, anchor, "fm", labels.get(i));
        }
        if (first) {
            List<Double> levels = y.ticks(height > 250 ? 5 : 3);
            List<String> values = y.labels(levels);
            for (int i = 0; i < values.size(); i++) {
                svg.text(left - 6, y.at(levels.get(i)) + 5, Svg.Anchor.END, "fm", values.get(i));
            }
        }
        double bottom = above + height + Svg.LINE + 2;
        String said = accuracy(plane.run);
        if (!said.isEmpty()) {
            svg.text(left, bottom + 15, Svg.Anchor.START, "fm fs", said);
            bottom += Svg.LINE;
        }
        return bottom + 8;
    }

    private static String accuracy(RunData run) {
        for (String split : List.of("test", "validation", "train")) {
            double accuracy = run.metric(split + "_accuracy");
            if (Double.isFinite(accuracy)) {
                return (split.equals("train") ? "training" : split) + " accuracy " + Numbers.brief(accuracy, 3);
            }
        }
        return "";
    }

    /** Draws the cells of each class as one path, of as large rectangles as a cell after the other finds. */
    private static void cells(Svg svg, Plane plane, Scale x, Scale y) {
        double cellWidth = (x.end() - x.start()) / plane.width;
        double cellHeight = (y.start() - y.end()) / plane.height;
        for (int k = 0; k < plane.count; k++) {
            StringBuilder path = new StringBuilder();
            boolean[] done = new boolean[plane.classes.length];
            for (int at = 0; at < done.length; at++) {
                if (done[at] || plane.classes[at] != k) {
                    continue;
                }
                int column = at % plane.width;
                int row = at / plane.width;
                int right = column;
                while (right < plane.width && free(plane, done, k, right, row)) {
                    right++;
                }
                int upper = row;
                while (upper < plane.height && allFree(plane, done, k, column, right, upper)) {
                    for (int i = column; i < right; i++) {
                        done[upper * plane.width + i] = true;
                    }
                    upper++;
                }
                path.append('M').append(Svg.number(x.start() + column * cellWidth));
                path.append(' ').append(Svg.number(y.start() - row * cellHeight));
                path.append('H').append(Svg.number(x.start() + right * cellWidth));
                path.append('V').append(Svg.number(y.start() - upper * cellHeight));
                path.append('H')
                        .append(Svg.number(x.start() + column * cellWidth))
                        .append('z');
            }
            svg.path("ft f" + k % LineChart.HUES, path);
        }
    }

    private static boolean free(Plane plane, boolean[] done, int k, int column, int row) {
        int at = row * plane.width + column;
        return !done[at] && plane.classes[at] == k;
    }

    private static boolean allFree(Plane plane, boolean[] done, int k, int from, int to, int row) {
        for (int column = from; column < to; column++) {
            if (!free(plane, done, k, column, row)) {
                return false;
            }
        }
        return true;
    }

    private static void points(Svg svg, Plane plane, Scale x, Scale y) {
        StringBuilder all = new StringBuilder();
        List<StringBuilder> each = new ArrayList<>();
        for (int k = 0; k < plane.count; k++) {
            each.add(new StringBuilder());
        }
        for (double[] point : plane.points) {
            String dot = "M" + Svg.number(x.within(point[0])) + " " + Svg.number(y.within(point[1])) + "h0";
            all.append(dot);
            each.get((int) point[2]).append(dot);
        }
        svg.path("fo", all);
        for (int k = 0; k < plane.count; k++) {
            svg.path("fd fe s" + k % LineChart.HUES, each.get(k));
        }
    }

    private static String description(List<Plane> planes) {
        List<String> said = new ArrayList<>();
        for (Plane plane : planes) {
            int[] cells = new int[plane.count];
            for (int k : plane.classes) {
                cells[k]++;
            }
            List<String> shares = new ArrayList<>();
            for (int k = 0; k < cells.length; k++) {
                shares.add(Math.round(100.0 * cells[k] / plane.classes.length) + " % of the plane to class " + k);
            }
            said.add(plane.run.name() + ": " + String.join(", ", shares));
        }
        return "Decision regions and training points. " + String.join("; ", said) + ".";
    }
}

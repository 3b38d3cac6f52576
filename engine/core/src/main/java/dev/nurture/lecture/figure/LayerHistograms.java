package dev.nurture.lecture.figure;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the outputs of layers are spread at the last look, a row a run and a column a layer, with their standard deviations.
 * A row has one axis for all its layers; heights are square roots of counts, each histogram to its own greatest.
 *
 * @param layers the layers' names, in which {@code *} stands for anything; empty for all but the last, whose outputs are no
 *     activations
 */
public record LayerHistograms(List<String> layers) {
    private static final int BINS = 26;

    /** More columns would be too narrow to see anything in. */
    private static final int MOST = 12;

    private static final double HEIGHT = 58;
    private static final double GAP = 7;

    public LayerHistograms {
        layers = List.copyOf(layers);
    }

    /**
     * How the outputs of one layer are spread.
     *
     * @param counts in bins of equal width between {@code from} and {@code to}
     */
    private record Spread(String name, double from, double to, double[] counts, double std) {
        boolean any() {
            for (double count : counts) {
                if (count > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private record Row(String name, List<Spread> spreads) {}

    /**
     * Returns the picture.
     *
     * @param title what the picture is, for those who cannot see it
     * @param runs data of runs as their pages have it, by name, in the order to be drawn
     * @throws IllegalArgumentException if a run has no histograms or no such layer, with a message for the user
     */
    public String draw(String title, Map<String, JsonObject> runs) {
        List<Row> rows = RunData.of(runs).stream().map(this::row).toList();
        int columns = rows.stream().mapToInt(row -> row.spreads.size()).max().orElseThrow();
        double width = (Svg.WIDTH - 2 * Svg.MARGIN + GAP) / columns;
        Svg svg = new Svg();
        heads(svg, rows, columns, width);
        double top = Svg.MARGIN + Svg.LINE;
        for (Row row : rows) {
            top = draw(svg, row, top, width);
        }
        String note = "Below each: standard deviation. Heights are square roots of counts.";
        svg.text(Svg.MARGIN, top + 16, Svg.Anchor.START, "fm fs", note);
        return svg.end(top + 28, title, description(rows));
    }

    private Row row(RunData run) {
        List<JsonObject> looks = run.list("histograms");
        if (looks.isEmpty()) {
            throw new IllegalArgumentException(
                    "run '" + run.name() + "' has no histograms: it ended before there was a look at its layers");
        }
        Map<String, Double> deviations = new HashMap<>();
        for (JsonObject layer : run.list("layers")) {
            double[] values = RunData.numbers(layer.getAsJsonArray("std"));
            deviations.put(RunData.name(layer), values[values.length - 1]);
        }
        List<JsonObject> all = new ArrayList<>();
        looks.get(looks.size() - 1).getAsJsonArray("layers").forEach(layer -> all.add(layer.getAsJsonObject()));
        if (layers.isEmpty() && all.size() > 1) {
            all.remove(all.size() - 1);
        }
        List<JsonObject> chosen = some(LayerNames.chosen(run, all, layers));
        return new Row(
                run.name(),
                chosen.stream()
                        .map(layer -> new Spread(
                                RunData.name(layer),
                                RunData.number(layer.get("from")),
                                RunData.number(layer.get("to")),
                                RunData.numbers(layer.getAsJsonArray("counts")),
                                deviations.getOrDefault(RunData.name(layer), Double.NaN)))
                        .toList());
    }

    /** Of many layers the first, the last and some between. */
    private static List<JsonObject> some(List<JsonObject> all) {
        if (all.size() <= MOST) {
            return all;
        }
        return IntStream.range(0, MOST)
                .mapToObj(i -> all.get((int) Math.round(i * (all.size() - 1) / (MOST - 1.0))))
                .toList();
    }

    private static void heads(Svg svg, List<Row> rows, int columns, double width) {
        List<String> names = rows.get(0).spreads.stream().map(Spread::name).toList();
        boolean alike = rows.stream()
                .allMatch(row -> row.spreads.stream().map(Spread::name).toList().equals(names));
        boolean fit = names.stream().mapToDouble(Svg::width).max().orElse(0) < width - GAP;
        for (int i = 0; i < columns; i++) {
            String number = (i == 0 && columns < 9 ? "layer " : "") + (i + 1);
            String head = alike && fit ? names.get(i) : number;
            svg.text(Svg.MARGIN + width * i + (width - GAP) / 2, Svg.MARGIN + 12, Svg.Anchor.MIDDLE, "fm", head);
        }
    }

    private static double draw(Svg svg, Row row, double top, double width) {
        double least = row.spreads.stream()
                .filter(Spread::any)
                .mapToDouble(Spread::from)
                .min()
                .orElse(0);
        double most = row.spreads.stream()
                .filter(Spread::any)
                .mapToDouble(Spread::to)
                .max()
                .orElse(1);
        double y = top + Svg.LINE + 4;
        double base = y + HEIGHT;
        svg.text(Svg.MARGIN, top + 16, Svg.Anchor.START, "fb", LineChart.shortened(row.name));
        String range = "from " + Numbers.brief(least, 2) + " to " + Numbers.brief(most, 2);
        svg.text(Svg.WIDTH - Svg.MARGIN, top + 16, Svg.Anchor.END, "fm fs", range);
        for (int i = 0; i < row.spreads.size(); i++) {
            Spread spread = row.spreads.get(i);
            double left = Svg.MARGIN + width * i;
            Scale x = Scale.linear(least, most, left, left + width - GAP);
            String axis = "M" + Svg.number(left) + " " + Svg.number(base) + "h" + Svg.number(width - GAP);
            if (x.from() < 0 && x.to() > 0) {
                svg.path("fg", "M" + Svg.number(x.at(0)) + " " + Svg.number(base + 3) + "V" + Svg.number(y));
            }
            svg.path("f0", outline(binned(spread, x), x, base));
            svg.path("fa", axis);
            String below =
                    !spread.any() ? "not finite" : Numbers.brief(spread.std, Math.abs(spread.std) < 1e-3 ? 2 : 3);
            svg.text(left + (width - GAP) / 2, base + 16, Svg.Anchor.MIDDLE, "fs", below);
        }
        return base + Svg.LINE + 8;
    }

    /** Returns the counts in bins of the row's axis; those of a bin that lies across several are shared out evenly. */
    private static double[] binned(Spread spread, Scale x) {
        double[] bins = new double[BINS];
        double step = (x.to() - x.from()) / BINS;
        double own = (spread.to - spread.from) / spread.counts.length;
        for (int i = 0; i < spread.counts.length; i++) {
            double from = (spread.from + i * own - x.from()) / step;
            double to = own == 0 ? from : from + own / step;
            int first = (int) Math.max(0, Math.min(BINS - 1, Math.floor(from)));
            int last = (int) Math.max(first, Math.min(BINS - 1, Math.ceil(to) - 1));
            for (int bin = first; bin <= last; bin++) {
                double part = first == last ? 1 : (Math.min(to, bin + 1) - Math.max(from, bin)) / (to - from);
                bins[bin] += spread.counts[i] * part;
            }
        }
        return bins;
    }

    private static String outline(double[] bins, Scale x, double base) {
        double most = 0;
        for (double bin : bins) {
            most = Math.max(most, bin);
        }
        if (most == 0) {
            return "";
        }
        double step = (x.end() - x.start()) / bins.length;
        StringBuilder path = new StringBuilder("M" + Svg.number(x.start()) + " " + Svg.number(base));
        for (int i = 0; i < bins.length; i++) {
            path.append('V').append(Svg.number(base - HEIGHT * Math.sqrt(bins[i] / most)));
            path.append('H').append(Svg.number(x.start() + step * (i + 1)));
        }
        return path.append('V').append(Svg.number(base)).append('z').toString();
    }

    private static String description(List<Row> rows) {
        List<String> said = new ArrayList<>();
        for (Row row : rows) {
            List<String> deviations = row.spreads.stream()
                    .map(spread -> Numbers.brief(spread.std, 3))
                    .toList();
            said.add(row.name + ": " + String.join(", ", deviations));
        }
        return "Histograms of the outputs of layers. Standard deviations, from the first layer shown to the last: "
                + String.join("; ", said) + ".";
    }
}

package dev.nurture.lecture.figure;

import java.util.Arrays;
import java.util.BitSet;

/** Lines through many points, as path data of few: what no eye could tell apart is left out. */
final class Polyline {
    /** By how much a line may miss a point that is left out, in units of the picture. */
    private static final double TOLERANCE = 0.12;

    /** Of more points in a line, those within half a unit of each other are first reduced to their extremes. */
    private static final int MANY = 1_000;

    /** How far beyond the axes a line is followed. */
    private static final double FAR = 2_000;

    private final StringBuilder data = new StringBuilder();
    private final double[] x;
    private final double[] y;
    private int count;

    private Polyline(int most) {
        x = new double[most];
        y = new double[most];
    }

    /** Returns the path through points in their order; one that is not finite, or not on a logarithmic axis, breaks it. */
    static String through(Scale xScale, Scale yScale, double[] xs, double[] ys) {
        Polyline line = new Polyline(xs.length);
        for (int i = 0; i < xs.length; i++) {
            if (drawable(xScale, xs[i]) && drawable(yScale, ys[i])) {
                line.x[line.count] = near(xScale, xs[i]);
                line.y[line.count] = near(yScale, ys[i]);
                line.count++;
            } else {
                line.flush();
            }
        }
        line.flush();
        return line.data.toString();
    }

    /** Tells whether a value has a place on an axis. */
    static boolean drawable(Scale scale, double value) {
        return Double.isFinite(value) && (!scale.logarithmic() || value > 0);
    }

    private static double near(Scale scale, double value) {
        double least = Math.min(scale.start(), scale.end()) - FAR;
        double most = Math.max(scale.start(), scale.end()) + FAR;
        return Math.max(least, Math.min(most, scale.at(value)));
    }

    private void flush() {
        if (count > MANY) {
            extremes();
        }
        BitSet kept = kept();
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            data.append(i == 0 ? "M" : " ").append(Svg.number(x[i])).append(' ').append(Svg.number(y[i]));
        }
        if (count == 1) {
            // Of no length, and yet seen: its ends are round.
            data.append("h0");
        }
        count = 0;
    }

    /** Keeps of each run of points in one half unit the first, the lowest, the highest and the last. */
    private void extremes() {
        int from = 0;
        int kept = 0;
        double[] keptX = new double[count];
        double[] keptY = new double[count];
        while (from < count) {
            int to = from + 1;
            int least = from;
            int most = from;
            while (to < count && Math.floor(2 * x[to]) == Math.floor(2 * x[from])) {
                least = y[to] < y[least] ? to : least;
                most = y[to] > y[most] ? to : most;
                to++;
            }
            int[] of = {from, Math.min(least, most), Math.max(least, most), to - 1};
            for (int i = 0; i < of.length; i++) {
                if (i == 0 || of[i] > of[i - 1]) {
                    keptX[kept] = x[of[i]];
                    keptY[kept] = y[of[i]];
                    kept++;
                }
            }
            from = to;
        }
        System.arraycopy(keptX, 0, x, 0, kept);
        System.arraycopy(keptY, 0, y, 0, kept);
        count = kept;
    }

    /** Returns which points the line needs (D. Douglas and T. Peucker 1973), without recursion. */
    private BitSet kept() {
        BitSet kept = new BitSet(count);
        if (count == 0) {
            return kept;
        }
        kept.set(0);
        kept.set(count - 1);
        int[] open = new int[2 * count + 2];
        int depth = 0;
        open[depth++] = 0;
        open[depth++] = count - 1;
        while (depth > 0) {
            int to = open[--depth];
            int from = open[--depth];
            int farthest = -1;
            double distance = TOLERANCE;
            for (int i = from + 1; i < to; i++) {
                double off = distance(i, from, to);
                if (off > distance) {
                    distance = off;
                    farthest = i;
                }
            }
            if (farthest > 0) {
                kept.set(farthest);
                if (depth + 4 > open.length) {
                    open = Arrays.copyOf(open, 2 * open.length);
                }
                open[depth++] = from;
                open[depth++] = farthest;
                open[depth++] = farthest;
                open[depth++] = to;
            }
        }
        return kept;
    }

    /** Returns how far a point is from the straight piece between two others. */
    private double distance(int i, int from, int to) {
        double dx = x[to] - x[from];
        double dy = y[to] - y[from];
        double square = dx * dx + dy * dy;
        double along = square == 0 ? 0 : ((x[i] - x[from]) * dx + (y[i] - y[from]) * dy) / square;
        double at = Math.max(0, Math.min(1, along));
        return Math.hypot(x[i] - x[from] - at * dx, y[i] - y[from] - at * dy);
    }
}

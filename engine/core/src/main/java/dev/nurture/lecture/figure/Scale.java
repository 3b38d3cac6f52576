package dev.nurture.lecture.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie along an axis.
 *
 * @param from the value at its start
 * @param to the value at its end, greater than {@code from}
 * @param start of the axis, in units of the picture
 * @param end of the axis
 * @param logarithmic whether equal factors, rather than equal differences, are equally far apart; then {@code from > 0}
 */
record Scale(double from, double to, double start, double end, boolean logarithmic) {
    Scale {
        if (!(from < to) || Double.isInfinite(to - from) || logarithmic && !(from > 0)) {
            throw new IllegalArgumentException("no axis goes from " + from + " to " + to);
        }
    }

    /** Returns a linear scale from the least to the greatest of some values; never of no length. */
    static Scale linear(double least, double greatest, double start, double end) {
        if (least < greatest) {
            return new Scale(least, greatest, start, end, false);
        }
        double room = least == 0 ? 1 : Math.abs(least) / 10;
        return new Scale(least - room, least + room, start, end, false);
    }

    /** Returns a logarithmic scale from the least to the greatest of some positive values; never of no length. */
    static Scale logarithmic(double least, double greatest, double start, double end) {
        return least < greatest
                ? new Scale(least, greatest, start, end, true)
                : new Scale(least / 2, least * 2, start, end, true);
    }

    /** Returns this scale with room on both sides, a share of its length. */
    Scale roomier(double below, double above) {
        if (logarithmic) {
            double decades = StrictMath.log10(to / from);
            return new Scale(
                    from * StrictMath.pow(10, -below * decades),
                    to * StrictMath.pow(10, above * decades),
                    start,
                    end,
                    true);
        }
        return new Scale(from - below * (to - from), to + above * (to - from), start, end, false);
    }

    /** Returns where a value lies; beyond the ends for values beyond them. */
    double at(double value) {
        // The strict functions, so that the bytes are the same on every machine.
        double share =
                logarithmic ? StrictMath.log(value / from) / StrictMath.log(to / from) : (value - from) / (to - from);
        return start + share * (end - start);
    }

    /** Returns where a value lies, at an end for values beyond it. */
    double within(double value) {
        double place = value <= from ? start : value >= to ? end : at(value);
        return Math.max(Math.min(start, end), Math.min(Math.max(start, end), place));
    }

    /**
     * Returns round values on the axis, not many more than wanted.
     *
     * @param most at least 2
     */
    List<Double> ticks(int most) {
        if (!logarithmic || Math.log10(to / from) < 0.7) {
            return evenTicks(most);
        }
        int low = (int) Math.floor(Math.log10(from));
        int high = (int) Math.ceil(Math.log10(to));
        int every = Math.max(1, (int) Math.ceil((high - low) / (double) most));
        double decades = Math.log10(to / from);
        int[] factors =
                3 * decades <= most + 1 ? new int[] {1, 2, 5} : 2 * decades <= most ? new int[] {1, 3} : new int[] {1};
        List<Double> ticks = new ArrayList<>();
        for (int power = low; power <= high; power++) {
            for (int factor : factors) {
                double value = Double.parseDouble(factor + "e" + power);
                if (Math.floorMod(power, every) == 0 && covers(value)) {
                    ticks.add(value);
                }
            }
        }
        return ticks;
    }

    private List<Double> evenTicks(int most) {
        double step = step((to - from) / most);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** Returns the least of 1, 2 and 5 times a power of ten that is not below a value. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= least * 0.999) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private boolean covers(double value) {
        double room = 1e-9 * (to - from);
        return value >= from - room && value <= to + room;
    }

    /** Returns what is written at ticks, all in one form. */
    List<String> labels(List<Double> ticks) {
        double largest = ticks.stream().mapToDouble(Math::abs).max().orElse(1);
        double least = ticks.stream()
                .mapToDouble(Math::abs)
                .filter(tick -> tick > 1e-12 * largest)
                .min()
                .orElse(1);
        if (logarithmic && Math.log10(to / from) >= 0.7 && (least < 1e-3 || largest > 1e4)) {
            return ticks.stream().map(Numbers::power).toList();
        }
        if (least < 1e-4 || largest >= 1e6) {
            return ticks.stream()
                    .map(tick -> Math.abs(tick) <= 1e-12 * largest ? "0" : Numbers.brief(tick, 3))
                    .toList();
        }
        if (logarithmic && Math.log10(to / from) >= 0.7) {
            return ticks.stream().map(tick -> Numbers.brief(tick, 3)).toList();
        }
        int decimals = ticks.stream().mapToInt(Numbers::decimals).max().orElse(0);
        return ticks.stream().map(tick -> Numbers.fixed(tick, decimals)).toList();
    }
}

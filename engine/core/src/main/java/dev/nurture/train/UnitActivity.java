package dev.nurture.train;

import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.Shape;
import java.util.Arrays;

/** Which units of a layer have left the lower limit of their activation, and how many outputs lie at a limit. One thread. */
final class UnitActivity {
    /** A unit is called dead after no fewer rows (FAULTS: zero over at least 500 examples). */
    private static final int ROWS = 500;

    /** How near the lower limit a unit is at it: a rectifier's zero is exact, an exponential comes near. */
    private static final float AT_LIMIT = 1e-6f;

    /** How near an end of its range an output is saturated, as a share of the range. */
    private static final float SATURATED = 0.01f;

    private final int units;
    private final int positions;
    private final boolean hasFloor;
    private final boolean hasRange;
    private final float floor;
    private final float low;
    private final float high;
    private final boolean[] alive;
    private long rows;
    private double dead = Double.NaN;
    private double saturated = Double.NaN;

    UnitActivity(Shape output, Rehearsal.Limits limits) {
        // Channels come first: the values of one lie side by side.
        units = output.rank() == 3 ? output.extent(0) : output.size();
        positions = output.size() / units;
        hasFloor = Float.isFinite(limits.floor());
        hasRange = limits.both();
        floor = limits.floor() + AT_LIMIT;
        float margin = hasRange ? SATURATED * (limits.ceiling() - limits.floor()) : 0;
        low = limits.floor() + margin;
        high = limits.ceiling() - margin;
        alive = new boolean[units];
    }

    /** Looks at the first rows of a batch. */
    void look(float[] values, int batch) {
        if (hasFloor) {
            lookForLife(values, batch);
        }
        if (hasRange) {
            countSaturated(values, batch);
        }
    }

    private void lookForLife(float[] values, int batch) {
        for (int row = 0; row < batch; row++) {
            for (int unit = 0; unit < units; unit++) {
                if (!alive[unit]) {
                    int from = (row * units + unit) * positions;
                    alive[unit] = anyAbove(floor, values, from, from + positions);
                }
            }
        }
        rows += batch;
        if (rows >= ROWS) {
            int silent = 0;
            for (boolean one : alive) {
                silent += one ? 0 : 1;
            }
            dead = (double) silent / units;
            Arrays.fill(alive, false);
            rows = 0;
        }
    }

    private static boolean anyAbove(float limit, float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (values[i] > limit) {
                return true;
            }
        }
        return false;
    }

    private void countSaturated(float[] values, int batch) {
        int count = batch * units * positions;
        int at = 0;
        for (int i = 0; i < count; i++) {
            at += values[i] < low || values[i] > high ? 1 : 0;
        }
        saturated = (double) at / count;
    }

    /** Returns the share of dead units of the last whole window; NaN before the first, or where there is no limit. */
    double dead() {
        return dead;
    }

    /** Returns the share of saturated outputs; NaN where the activation has no two ends. */
    double saturated() {
        return saturated;
    }
}

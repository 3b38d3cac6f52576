package dev.nurture.model;

import java.util.Arrays;

/**
 * Some cells behind the values of a batch that nobody may write. Each array's hold a value of its own, because code that
 * goes too far copies its input's cells into its output's; one so small that whatever is added to it shows.
 */
public final class GuardCells {
    /** How many cells an array needs beyond its greatest batch. */
    public static final int COUNT = 16;

    /** The smallest numbers of the normal form. */
    private static final int FIRST = 0x0080_0001;

    private final float[] array;
    private final int bits;
    private int at;

    /**
     * Takes an array.
     *
     * @param number tells it from the others of its network
     */
    public GuardCells(float[] array, int number) {
        this.array = array;
        this.bits = FIRST + number;
    }

    /** Sets the cells from an index on; what was there is lost. */
    public void set(int at) {
        this.at = at;
        Arrays.fill(array, at, at + COUNT, Float.intBitsToFloat(bits));
    }

    /** Tells whether the cells are as they were set. */
    public boolean intact() {
        for (int i = at; i < at + COUNT; i++) {
            if (Float.floatToRawIntBits(array[i]) != bits) {
                return false;
            }
        }
        return true;
    }
}

package dev.nurture.model;

import java.util.Arrays;

/**
 * Marks cells that somebody is to write, to see afterwards whether that was done. The mark is a NaN that no computation
 * makes, so that what is added to it leaves it there.
 */
public final class Unwritten {
    private static final int BITS = 0x7fd5_ea1e;

    private Unwritten() {}

    public static void mark(float[] array, int count) {
        Arrays.fill(array, 0, count, Float.intBitsToFloat(BITS));
    }

    /** Returns how many of the cells still have the mark. */
    public static int count(float[] array, int count) {
        int marked = 0;
        for (int i = 0; i < count; i++) {
            if (Float.floatToRawIntBits(array[i]) == BITS) {
                marked++;
            }
        }
        return marked;
    }
}

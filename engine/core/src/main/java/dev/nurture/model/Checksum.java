package dev.nurture.model;

/** Tells arrays of different bits apart, to see whether somebody changed one. */
public final class Checksum {
    /** An odd number near 2⁶⁴ divided by the golden ratio. */
    private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;

    private Checksum() {}

    /** Returns the checksum of a range of values. */
    public static long of(float[] values, int from, int to) {
        long sum = FACTOR;
        for (int i = from; i < to; i++) {
            sum = mixed(sum, Float.floatToRawIntBits(values[i]));
        }
        return sum;
    }

    /** Returns the checksum of the first values. */
    public static long of(int[] values, int count) {
        long sum = FACTOR;
        for (int i = 0; i < count; i++) {
            sum = mixed(sum, values[i]);
        }
        return sum;
    }

    /** For one argument given, no two others give the same; so a single change never goes unseen. */
    private static long mixed(long sum, int next) {
        return Long.rotateLeft(sum ^ next, 23) * FACTOR;
    }
}

package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import java.util.Arrays;

/** Arrays for examinations: drawn, poisoned, compared bit by bit. */
final class Floats {
    /** A NaN with a payload that no computation on ordinary numbers gives. */
    static final float POISON = Float.intBitsToFloat(0x7fc0dead);

    private static final int POISON_BITS = 0x7fc0dead;

    private Floats() {}

    /** Returns an array full of poison. */
    static float[] poisoned(int size) {
        float[] values = new float[size];
        Arrays.fill(values, POISON);
        return values;
    }

    static boolean isPoison(float value) {
        return Float.floatToRawIntBits(value) == POISON_BITS;
    }

    /** Returns normal values. */
    static float[] normal(int size, double deviation, KeyedRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    /** Tells whether two values have the same bits; any NaN is any other. */
    static boolean same(float a, float b) {
        return Float.floatToIntBits(a) == Float.floatToIntBits(b);
    }

    /** Returns the first index in a range at which two arrays differ, or -1. */
    static int difference(float[] a, float[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!same(a[i], b[i])) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Requires that two arrays have the same bits.
     *
     * @param sentence what a difference means; {@code [i]} is added
     */
    static void requireSame(float[] measured, float[] expected, String sentence) {
        int at = difference(measured, expected, 0, expected.length);
        if (at >= 0) {
            throw new Violation(sentence + " [" + at + "]", measured[at], expected[at]);
        }
    }

    /**
     * Requires that poison is untouched outside a range and gone within.
     *
     * @param method whose output it is, and the array's name in the interface
     */
    static void requireOnly(float[] values, int from, int to, String method, String array) {
        for (int i = 0; i < values.length; i++) {
            boolean inside = i >= from && i < to;
            if (!inside && !isPoison(values[i])) {
                throw new Violation(
                        method + " writes " + array + "[" + i + "], outside its range [" + from + ", " + to + ")",
                        values[i],
                        "untouched");
            }
            if (inside && isPoison(values[i])) {
                throw new Violation(
                        method + " leaves " + array + "[" + i + "] unwritten, inside its range [" + from + ", " + to
                                + ")",
                        "untouched",
                        "a value");
            }
        }
    }

    /** Requires that an input is as it was. */
    static void requireUnchanged(float[] values, float[] before, String method, String array) {
        int at = difference(values, before, 0, before.length);
        if (at >= 0) {
            throw new Violation(method + " changes its input " + array + "[" + at + "]", values[at], before[at]);
        }
    }
}

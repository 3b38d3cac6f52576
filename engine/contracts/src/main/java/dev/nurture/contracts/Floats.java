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
        requireUntouched(values, POISON, from, to, method, array);
        for (int i = from; i < to; i++) {
            if (isPoison(values[i])) {
                throw new Violation(
                        method + " leaves " + array + "[" + i + "] unwritten, inside its range [" + from + ", " + to
                                + ")",
                        "untouched",
                        "a value");
            }
        }
    }

    /** Requires that outside a range everything is as it was filled, to the bit. */
    static void requireUntouched(float[] values, float filling, int from, int to, String method, String array) {
        for (int i = 0; i < values.length; i++) {
            boolean inside = i >= from && i < to;
            if (!inside && Float.floatToRawIntBits(values[i]) != Float.floatToRawIntBits(filling)) {
                throw new Violation(
                        method + " writes " + array + "[" + i + "], outside its range [" + from + ", " + to + ")",
                        values[i],
                        "untouched");
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

    /**
     * Requires that a method overwrites the first values of an array and touches no others. Tells so from what it left in
     * place of two fillings.
     *
     * @param over what it left in place of {@code filling}
     * @param overOther what it left in place of {@code otherFilling}
     */
    static void requireOverwritten(
            float[] over,
            float filling,
            float[] overOther,
            float otherFilling,
            int count,
            String method,
            String array) {
        for (int i = 0; i < over.length; i++) {
            boolean kept = over[i] == filling && overOther[i] == otherFilling;
            String at = array + "[" + i + "]";
            if (i >= count) {
                if (!kept) {
                    throw new Violation(
                            method + " writes " + at + ", beyond the batch's " + count + " values",
                            over[i] == filling ? overOther[i] : over[i],
                            "untouched");
                }
                continue;
            }
            if (kept) {
                throw new Violation(method + " leaves " + at + " unwritten", "untouched", "a value");
            }
            double shift = (double) over[i] - overOther[i];
            double ifAdded = (double) filling - otherFilling;
            if (Math.abs(shift - ifAdded) <= 1e-3 * Math.abs(ifAdded)) {
                throw new Violation(
                        method + " adds to " + at + " instead of overwriting it",
                        "what was there, " + filling + ", in the result " + over[i],
                        "a result of its own");
            }
        }
    }

    /** Requires that two arrays agree to a relative or absolute 1e-5, from an index on for a number of values. */
    static void requireClose(
            float[] measured, int from, float[] expected, int expectedFrom, int count, String sentence) {
        for (int i = 0; i < count; i++) {
            float a = measured[from + i];
            float b = expected[expectedFrom + i];
            if (!same(a, b) && !(Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b)))) {
                throw new Violation(sentence + "[" + (expectedFrom + i) + "]", a, b);
            }
        }
    }
}

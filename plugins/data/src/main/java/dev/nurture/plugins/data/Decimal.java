package dev.nurture.plugins.data;

import java.nio.charset.StandardCharsets;

/** Reads decimal numbers out of bytes, without an object a number where the value is exact in two steps. */
final class Decimal {
    /** The powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long EXACT = 1L << 53;
    private static final int MOST_DIGITS = 18;
    private static final int MOST_EXPONENT = 100_000;

    private Decimal() {}

    /**
     * Returns the nearest double of a number written as {@code -12.5e3}: an optional sign, digits with at most one point,
     * an optional exponent. An infinity when it is too large; NaN when the bytes are anything else, and so for the words
     * "nan" and "inf" too.
     *
     * <p>When the digits make an integer below 2⁵³ and the power of ten is at most 22, one multiplication or division of
     * two exact doubles rounds correctly (W. Clinger, "How to read floating point numbers accurately", 1990).
     */
    static double parse(byte[] text, int from, int to) {
        int i = from;
        boolean negative = i < to && text[i] == '-';
        if (negative || i < to && text[i] == '+') {
            i++;
        }
        long digits = 0;
        int count = 0;
        int significant = 0;
        int scale = 0;
        boolean point = false;
        for (; i < to; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                count++;
                significant += significant > 0 || digit > 0 ? 1 : 0;
                digits = significant <= MOST_DIGITS ? digits * 10 + digit : digits;
                scale -= point ? 1 : 0;
            } else if (text[i] == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        if (i < to) {
            int exponent = exponent(text, i, to);
            if (exponent == Integer.MIN_VALUE) {
                return Double.NaN;
            }
            scale += exponent;
        }
        if (significant <= MOST_DIGITS && digits < EXACT && Math.abs(scale) < POWERS.length) {
            double value = scale < 0 ? digits / POWERS[-scale] : digits * POWERS[scale];
            return negative ? -value : value;
        }
        return Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
    }

    /** Returns the exponent that begins with e, or {@code Integer.MIN_VALUE} when it is none. */
    private static int exponent(byte[] text, int from, int to) {
        int i = from;
        if (text[i] != 'e' && text[i] != 'E') {
            return Integer.MIN_VALUE;
        }
        i++;
        boolean negative = i < to && text[i] == '-';
        if (negative || i < to && text[i] == '+') {
            i++;
        }
        if (i == to) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            value = Math.min(MOST_EXPONENT, value * 10 + digit);
        }
        return negative ? -value : value;
    }
}

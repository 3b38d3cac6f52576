package dev.nurture.run;

import java.util.HexFormat;

/**
 * Floating-point numbers as the hex digits of their bits, so that metadata gives back the very same number on any JDK,
 * NaN and −0 included.
 */
public final class HexBits {
    private static final HexFormat HEX = HexFormat.of();

    private HexBits() {}

    /** Returns eight hex digits. */
    public static String of(float value) {
        return HEX.toHexDigits(Float.floatToRawIntBits(value));
    }

    /** Returns sixteen hex digits. */
    public static String of(double value) {
        return HEX.toHexDigits(Double.doubleToRawLongBits(value));
    }

    /**
     * Returns the float of eight hex digits.
     *
     * @throws IllegalArgumentException if they are not
     */
    public static float toFloat(String digits) {
        return Float.intBitsToFloat((int) bits(digits, 8));
    }

    /**
     * Returns the double of sixteen hex digits.
     *
     * @throws IllegalArgumentException if they are not
     */
    public static double toDouble(String digits) {
        return Double.longBitsToDouble(bits(digits, 16));
    }

    private static long bits(String digits, int count) {
        if (digits.length() != count || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("'" + digits + "' is not " + count + " hex digits");
        }
        return HexFormat.fromHexDigitsToLong(digits);
    }
}

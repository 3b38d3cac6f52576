package dev.nurture.lecture.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as people read them: a real minus, no more digits than say something. */
final class Numbers {
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Numbers() {}

    /** Returns a value to so many significant digits, without zeros at its end; very small and large ones as in 2.5e−5. */
    static String brief(double value, int digits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -3 || exponent > 5) {
            return signed(rounded.scaleByPowerOfTen(-exponent)) + "e" + (exponent < 0 ? "−" : "") + Math.abs(exponent);
        }
        return signed(rounded);
    }

    /** Returns a value to so many decimals; zero as 0. */
    static String fixed(double value, int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.toPlainString().replace('-', '−');
    }

    /** Returns a power of ten as in 10⁻⁵; other values briefly. */
    static String power(double value) {
        int exponent = (int) Math.round(Math.log10(value));
        if (Math.abs(value / Math.pow(10, exponent) - 1) > 1e-9) {
            return brief(value, 3);
        }
        StringBuilder text = new StringBuilder("10");
        Integer.toString(exponent).chars().forEach(c -> text.append(c == '-' ? '⁻' : RAISED.charAt(c - '0')));
        return text.toString();
    }

    /** Returns how many decimals a round value needs, at most 6. */
    static int decimals(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return Math.max(0, rounded.scale());
    }

    private static String signed(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString().replace('-', '−');
    }
}

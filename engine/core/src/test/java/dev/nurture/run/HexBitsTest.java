package dev.nurture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HexBitsTest {
    @Test
    void numbersBecomeTheBitsThatIeee754GivesThem() {
        assertThat(HexBits.of(1f)).isEqualTo("3f800000");
        assertThat(HexBits.of(-0f)).isEqualTo("80000000");
        assertThat(HexBits.of(-2.0)).isEqualTo("c000000000000000");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, 0x7ff8000000000001L, 0xfff0000000000001L, 0x3fb999999999999aL, 1, -1})
    void everyBitComesBack(long bits) {
        assertThat(Double.doubleToRawLongBits(HexBits.toDouble(HexBits.of(Double.longBitsToDouble(bits)))))
                .isEqualTo(bits);
        int half = (int) (bits >>> 32);
        assertThat(Float.floatToRawIntBits(HexBits.toFloat(HexBits.of(Float.intBitsToFloat(half)))))
                .isEqualTo(half);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0", "3f80000", "3f8000000", "0x3f8000", "+3f80000", "3f80000g"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HexBits.toFloat(text))
                .withMessage("'" + text + "' is not 8 hex digits");
        assertThatIllegalArgumentException().isThrownBy(() -> HexBits.toDouble(text));
    }
}

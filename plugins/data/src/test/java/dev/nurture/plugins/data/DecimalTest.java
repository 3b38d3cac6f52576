package dev.nurture.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    private static double parse(String text) {
        byte[] padded = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
        return Decimal.parse(padded, 1, padded.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+7",
                "1.",
                ".5",
                "-12.5e3",
                "1e22",
                "1e23",
                "1e-22",
                "123456789012345678",
                "0.1",
                "9007199254740993",
                "179769313486231570000e289",
                "1e400",
                "-1e400",
                "1e-400",
                "4.9e-324",
                "0.000000000000000000000000000001",
                "1234567890123456789012345",
                "3.141592653589793238462643383279",
                "1e99999999999",
                "0e99999999999",
                "2.2250738585072011e-308"
            })
    void readsWhatTheJdkReads(String text) {
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void readsRandomNumbersInTheirUsualFormsAsTheJdkDoes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(parse(Double.toString(value))).isEqualTo(value);
            }
            String fixed = String.format(Locale.ROOT, "%.6f", random.nextDouble() * 1000 - 500);
            assertThat(parse(fixed)).isEqualTo(Double.parseDouble(fixed));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "-.",
                "e5",
                "1e",
                "1e+",
                "1e5x",
                "1.2.3",
                "1,5",
                "1 2",
                "NaN",
                "nan",
                "inf",
                "-Infinity",
                "0x10",
                "0x1p3",
                "1d",
                "1f",
                "--1",
                "١",
                "1_000"
            })
    void refusesWhatIsNoPlainDecimal(String text) {
        assertThat(parse(text)).isNaN();
    }
}

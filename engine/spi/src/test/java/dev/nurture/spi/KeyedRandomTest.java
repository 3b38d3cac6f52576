package dev.nurture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KeyedRandomTest {
    /** The first values of SplitMix64 from seed 1234567, as Rosetta Code's task "Pseudo-random numbers/Splitmix64" gives them. */
    private static final String[] PUBLISHED = {
        "6457827717110365317",
        "3203168211198807973",
        "9817491932198370423",
        "4593380528125082431",
        "16408922859458223821"
    };

    @Test
    void valuesAreThoseOfSplitMix64() {
        KeyedRandom random = new KeyedRandom(1234567);
        for (String value : PUBLISHED) {
            assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo(value);
        }
    }

    @Test
    void anyValueIsFoundWithoutTheOnesBefore() {
        for (int i = 0; i < PUBLISHED.length; i++) {
            double whole = Long.parseUnsignedLong(PUBLISHED[i]) >>> 40;
            assertThat(KeyedRandom.uniform(1234567, i)).isEqualTo((float) (whole / (1 << 24)));
        }
    }

    @Test
    void restartingIsStartingAnew() {
        KeyedRandom random = new KeyedRandom(5);
        random.nextGaussian();
        random.restart(9);
        KeyedRandom other = new KeyedRandom(9);
        for (int i = 0; i < 10; i++) {
            assertThat(random.nextGaussian()).isEqualTo(other.nextGaussian());
        }
    }

    /** Pinned, so that a run of long ago can be made again: these values must never change. */
    @Test
    void keysAndNormalValuesStayAsTheyAre() {
        assertThat(KeyedRandom.key(231, "initialize")).isEqualTo(2982593876478429837L);
        assertThat(KeyedRandom.key(231, 7)).isEqualTo(-1463410881450349016L);
        KeyedRandom random = new KeyedRandom(231);
        assertThat(random.nextGaussian()).isEqualTo(-0.2755225192797064);
        assertThat(random.nextGaussian()).isEqualTo(-1.0919774194136707);
    }

    @Test
    void namesThatRunTogetherHaveKeysOfTheirOwn() {
        assertThat(KeyedRandom.key(KeyedRandom.key(1, "ab"), "c"))
                .isNotEqualTo(KeyedRandom.key(KeyedRandom.key(1, "a"), "bc"));
        assertThat(KeyedRandom.key(1, "")).isNotEqualTo(1);
    }

    @Test
    void normalValuesHaveTheMomentsOfTheNormalDistribution() {
        int count = 200_000;
        KeyedRandom random = new KeyedRandom(1);
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        for (int i = 0; i < count; i++) {
            double value = random.nextGaussian();
            sum += value;
            squares += value * value;
            fourths += value * value * value * value;
        }
        // Five standard errors: the variances of x, x² and x⁴ are 1, 2 and 96.
        assertThat(sum / count).isCloseTo(0, within(5 / Math.sqrt(count)));
        assertThat(squares / count).isCloseTo(1, within(5 * Math.sqrt(2.0 / count)));
        assertThat(fourths / count).isCloseTo(3, within(5 * Math.sqrt(96.0 / count)));
    }
}

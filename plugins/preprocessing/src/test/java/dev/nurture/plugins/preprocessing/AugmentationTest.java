package dev.nurture.plugins.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.TestPass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
    private static final Shape IMAGE = Shape.of(2, 5, 6);
    private static final int SIZE = 60;
    private static final int ROWS = 300;

    /** Every value its own, none of them 0. */
    private static final float[] X = new float[ROWS * SIZE];

    static {
        for (int i = 0; i < X.length; i++) {
            X[i] = i + 1;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flip", "shift"})
    void oneKeyGivesOneResultAndAnotherKeyAnother(String name) {
        Fitted part = new Fitted(name, IMAGE, Map.of());
        float[] y = part.apply(X, ROWS, TestPass.training(1));
        assertThat(part.apply(X, ROWS, TestPass.training(1))).isEqualTo(y);
        assertThat(part.apply(X, ROWS, TestPass.training(2))).isNotEqualTo(y);
        assertThat(y).isNotEqualTo(X);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flip", "shift"})
    void outsideTrainingItCopies(String name) {
        assertThat(new Fitted(name, IMAGE, Map.of()).apply(X, ROWS, TestPass.evaluation()))
                .isEqualTo(X);
    }

    @Test
    void augmentationIsMarkedAsSuch() {
        for (String name : new String[] {"flip", "shift"}) {
            assertThat(Fitted.create(name, Map.of()).augmentation()).isTrue();
        }
        for (String name : new String[] {"zero_mean", "channel_mean", "normalize", "scale", "pca", "whiten"}) {
            Preprocessor preprocessor = Fitted.create(name, Map.of());
            assertThat(preprocessor.augmentation()).as(name).isFalse();
        }
    }

    @Test
    void flipMirrorsAboutHalfOfTheImages() {
        float[] y = new Fitted("flip", IMAGE, Map.of()).apply(X, ROWS, TestPass.training(3));
        int mirrored = 0;
        for (int row = 0; row < ROWS; row++) {
            float[] actual = Arrays.copyOfRange(y, row * SIZE, (row + 1) * SIZE);
            float[] image = Arrays.copyOfRange(X, row * SIZE, (row + 1) * SIZE);
            if (!Arrays.equals(actual, image)) {
                mirrored++;
                for (int i = 0; i < SIZE; i++) {
                    assertThat(actual[i]).isEqualTo(image[i / 6 * 6 + 5 - i % 6]);
                }
            }
        }
        // Three deviations of a fair coin tossed 300 times.
        assertThat((double) mirrored).isCloseTo(150, within(26.0));
    }

    @Test
    void flipWithProbabilityOneTwiceIsTheImage() {
        Fitted always = new Fitted("flip", IMAGE, Map.of("probability", 1.0));
        float[] once = always.apply(X, ROWS, TestPass.training(1));
        assertThat(once).startsWith(6, 5, 4, 3, 2, 1, 12);
        assertThat(always.apply(once, ROWS, TestPass.training(2))).isEqualTo(X);
        assertThat(new Fitted("flip", IMAGE, Map.of("probability", 0.0)).apply(X, ROWS, TestPass.training(1)))
                .isEqualTo(X);
    }

    @Test
    void shiftMovesEachImageAsAWholeByEveryDistanceWithinItsRange() {
        Fitted shift = new Fitted("shift", IMAGE, Map.of("pixels", 2));
        Map<String, Integer> seen = new TreeMap<>();
        for (int key = 0; key < 5; key++) {
            float[] y = shift.apply(X, ROWS, TestPass.training(key));
            for (int row = 0; row < ROWS; row++) {
                seen.merge(distance(y, row), 1, Integer::sum);
            }
        }
        Set<String> expected = new TreeSet<>();
        for (int down = -2; down <= 2; down++) {
            for (int right = -2; right <= 2; right++) {
                expected.add(down + "," + right);
            }
        }
        assertThat(seen.keySet()).isEqualTo(expected);
        // 1500 draws over 25 distances: 60 each, give or take four deviations of 7.6.
        assertThat(seen.values()).allSatisfy(count -> assertThat(count).isBetween(30, 90));
    }

    /** Returns how far an image was moved, after checking every value of it. */
    private static String distance(float[] y, int row) {
        // The middle pixel of the first channel always stays in sight: find it.
        int centre = row * SIZE + 2 * 6 + 2;
        int found = -1;
        for (int i = row * SIZE; i < row * SIZE + 30; i++) {
            found = y[i] == X[centre] ? i - row * SIZE : found;
        }
        assertThat(found).as("the middle of image %d", row).isNotNegative();
        int down = found / 6 - 2;
        int right = found % 6 - 2;
        for (int channel = 0; channel < 2; channel++) {
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 6; j++) {
                    int fromLine = i - down;
                    int fromColumn = j - right;
                    boolean inside = fromLine >= 0 && fromLine < 5 && fromColumn >= 0 && fromColumn < 6;
                    int base = row * SIZE + channel * 30;
                    float expected = inside ? X[base + fromLine * 6 + fromColumn] : 0;
                    assertThat(y[base + i * 6 + j]).isEqualTo(expected);
                }
            }
        }
        return down + "," + right;
    }

    @Test
    void vectorsAndTooLongShiftsAreRefused() {
        assertThatThrownBy(() -> new Fitted("flip", Shape.of(64), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'flip' works on images (channels×height×width), not on rows of shape 64;"
                        + " put it before what flattens them");
        assertThatThrownBy(() -> new Fitted("shift", Shape.of(64), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'shift' works on images");
        assertThatThrownBy(() -> new Fitted("shift", IMAGE, Map.of("pixels", 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a shift of 5 pixels would move an image of 5×6 out of sight; at most 4 will do");
    }
}

package dev.nurture.plugins.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
    private static final Shape SHAPE = Shape.of(1, 4, 5);
    private static final int SIZE = 20;
    private static final int ROWS = 301;

    private final Dataset train = Fitted.correlated(SHAPE, ROWS, 11);

    @Test
    void aLineIsFound() {
        // Points (1 + 3t, 2 + 4t): the direction (.6, .8), the variance 25 · var(t) = 25 · 2/3.
        Shape plane = Shape.of(2);
        Fitted pca = new Fitted("pca", plane, Map.of()).on(Fitted.data(plane, -2, -2, 1, 2, 4, 6));
        assertThat(pca.buffer("projection")).containsExactly(new float[] {0.6f, 0.8f, 0.8f, -0.6f}, within(1e-6f));
        assertThat(pca.buffer("variance")).containsExactly(new float[] {50f / 3, 0}, within(1e-5f));
        assertThat(pca.apply(new float[] {4, 6, 1 + 0.8f, 2 - 0.6f}, 2))
                .containsExactly(new float[] {5, 0, 0, 1}, within(1e-6f));
    }

    @Test
    void componentsAreUncorrelatedAndInDescendingOrder() {
        Fitted pca = new Fitted("pca", SHAPE, Map.of()).on(train);
        assertThat(pca.output()).isEqualTo(Shape.of(SIZE));
        float[] y = pca.apply(train.x(), ROWS - 1);
        float[] all = Arrays.copyOf(y, ROWS * SIZE);
        float[] last = pca.apply(Arrays.copyOfRange(train.x(), (ROWS - 1) * SIZE, ROWS * SIZE), 1);
        System.arraycopy(last, 0, all, (ROWS - 1) * SIZE, SIZE);
        double total = 0;
        double before = Double.POSITIVE_INFINITY;
        for (int i = 0; i < SIZE; i++) {
            assertThat(Fitted.mean(all, SIZE, i)).isCloseTo(0, within(1e-4));
            for (int j = 0; j < i; j++) {
                assertThat(Fitted.covariance(all, SIZE, i, j)).isCloseTo(0, within(1e-4));
            }
            double variance = Fitted.covariance(all, SIZE, i, i);
            assertThat((double) pca.buffer("variance")[i]).isCloseTo(variance, within(1e-4));
            assertThat(variance).isLessThan(before);
            before = variance;
            total += variance - Fitted.covariance(train.x(), SIZE, i, i);
        }
        assertThat(total).as("a rotation keeps the total variance").isCloseTo(0, within(1e-3));
    }

    @Test
    void fewerComponentsAreTheFirstOfAll() {
        Fitted all = new Fitted("pca", SHAPE, Map.of()).on(train);
        Fitted three = new Fitted("pca", SHAPE, Map.of("components", 3)).on(train);
        assertThat(three.output()).isEqualTo(Shape.of(3));
        float[] many = all.apply(train.x(), 200);
        float[] few = three.apply(train.x(), 200);
        for (int i = 0; i < few.length; i++) {
            assertThat(few[i]).isEqualTo(many[i / 3 * SIZE + i % 3]);
        }
    }

    @Test
    void whitenedComponentsHaveUnitVariance() {
        Fitted whiten = new Fitted("whiten", SHAPE, Map.of()).on(Fitted.data(SHAPE, first(300)));
        float[] y = whiten.apply(train.x(), 300);
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(Fitted.covariance(y, SIZE, i, j)).isCloseTo(i == j ? 1 : 0, within(1e-4));
            }
        }
    }

    @Test
    void whitenDividesByTheRootOfVariancePlusEpsilon() {
        Fitted pca = new Fitted("pca", SHAPE, Map.of()).on(train);
        Fitted whiten = new Fitted("whiten", SHAPE, Map.of("epsilon", 2.0)).on(train);
        float[] rotated = pca.apply(train.x(), 10);
        float[] whitened = whiten.apply(train.x(), 10);
        for (int i = 0; i < whitened.length; i++) {
            double expected = rotated[i] / Math.sqrt(pca.buffer("variance")[i % SIZE] + 2);
            assertThat((double) whitened[i]).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void itMakesNoDifferenceWhetherTheMeanWasSubtractedBefore() {
        Fitted zeroMean = new Fitted("zero_mean", SHAPE, Map.of()).on(train);
        float[] centred = zeroMean.apply(first(300), 300);
        float[] plain = new Fitted("pca", SHAPE, Map.of())
                .on(Fitted.data(SHAPE, first(300)))
                .apply(first(300), 300);
        float[] after = new Fitted("pca", SHAPE, Map.of())
                .on(Fitted.data(SHAPE, centred))
                .apply(centred, 300);
        assertThat(after).containsExactly(plain, within(1e-3f));
    }

    @Test
    void moreValuesThanRowsAreNoHardship() {
        Shape wide = Shape.of(600);
        Dataset few = Fitted.correlated(wide, 10, 12);
        float[] y = new Fitted("whiten", wide, Map.of()).on(few).apply(few.x(), 10);
        assertThat(Fitted.covariance(y, 600, 0, 0)).isCloseTo(1, within(1e-3));
        assertThat(Fitted.covariance(y, 600, 8, 8)).isCloseTo(1, within(1e-3));
        // Ten rows span nine dimensions about their mean; the others have variance 0 and stay near it.
        for (int j = 9; j < 600; j++) {
            assertThat(Fitted.covariance(y, 600, j, j)).isLessThan(1e-3);
        }
    }

    @Test
    void moreComponentsThanValuesAreRefused() {
        assertThatThrownBy(() -> new Fitted("pca", SHAPE, Map.of("components", 21)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'pca' cannot keep 21 components of rows that have 20 values; components is at most 20");
    }

    private float[] first(int rows) {
        return Arrays.copyOf(train.x(), rows * SIZE);
    }
}

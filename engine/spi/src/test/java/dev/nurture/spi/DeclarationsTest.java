package dev.nurture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeclarationsTest {
    @Test
    void anIntervalHasOpenAndClosedEnds() {
        Range range = Range.of("[0, 1)");
        assertThat(range.contains(0)).isTrue();
        assertThat(range.contains(Math.nextDown(1.0))).isTrue();
        assertThat(range.contains(1)).isFalse();
        assertThat(range.contains(-Double.MIN_VALUE)).isFalse();
        assertThat(range.contains(Double.NaN)).isFalse();
        assertThat(range).hasToString("[0, 1)");
        assertThat(Range.of("(-inf, inf)").contains(Double.POSITIVE_INFINITY)).isFalse();
        assertThatThrownBy(() -> Range.of("[2, 1]")).hasMessage("'[2, 1]' is empty");
        assertThatThrownBy(() -> Range.of("0..1")).hasMessage("'0..1' is not an interval");
    }

    @Test
    void aDefaultMustFitItsDeclaration() {
        Param<Double> share = Param.number("share").in("[0, 1)");
        assertThat(share.required()).isTrue();
        assertThat(share.or(0.5).required()).isFalse();
        assertThatThrownBy(() -> share.or(1.0)).hasMessage("'1.0' cannot be the default of 'share'");
        assertThatThrownBy(() -> share.or(1)).hasMessage("'1' cannot be the default of 'share'");
        assertThatThrownBy(() -> Param.choice("side", "left", "right").or("up"))
                .hasMessage("'up' cannot be the default of 'side'");
        assertThatThrownBy(() -> Param.text("Side")).hasMessage("'Side' is not a name in snake_case");
        assertThatThrownBy(() -> Param.text("side").in("[0, 1]")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPartDeclaresEachParameterOnce() {
        Param<Integer> size = Param.integer("size");
        assertThatThrownBy(() -> new Factory<>(Loss.class, "x", "X.", List.of(size, size), settings -> null))
                .hasMessage("'x' declares 'size' twice");
    }

    @Test
    void aShapeKnowsItsSizeAndItsPlane() {
        Shape image = Shape.of(3, 4, 5);
        assertThat(image.size()).isEqualTo(60);
        assertThat(image.channels()).isEqualTo(3);
        assertThat(image.plane()).isEqualTo(20);
        assertThat(image).hasToString("3×4×5").isEqualTo(Shape.of(3, 4, 5)).isNotEqualTo(Shape.of(60));
        assertThatThrownBy(() -> Shape.of(3, 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Shape.of(1 << 20, 1 << 20)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void rowsAreSelectedWithTheirTargets() {
        Dataset data = Dataset.regression(Shape.of(2), new float[] {1, 2, 3, 4, 5, 6}, new float[] {10, 20, 30}, 1);
        Dataset some = data.select(new int[] {2, 0});
        assertThat(some.x()).containsExactly(5, 6, 1, 2);
        assertThat(some.values()).containsExactly(30, 10);
        assertThatThrownBy(() -> Dataset.classification(Shape.of(2), new float[5], new int[2], 3, List.of()))
                .hasMessage("5 input values for 2 rows of 2");
    }

    @Test
    void tilesCoverEveryItem() {
        assertThat(Tile.count(0, 8)).isZero();
        assertThat(Tile.count(8, 8)).isEqualTo(1);
        assertThat(Tile.count(9, 8)).isEqualTo(2);
    }
}

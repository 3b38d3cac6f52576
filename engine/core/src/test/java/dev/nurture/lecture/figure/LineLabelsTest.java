package dev.nurture.lecture.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineLabelsTest {
    @Test
    void namesThatHaveRoomStayWhereTheirLinesEnd() {
        assertThat(LineLabels.places(new double[] {30, 90, 200}, 10, 250)).containsExactly(30, 90, 200);
    }

    @Test
    void thoseOfOnePlaceLieEvenlyAboutIt() {
        double[] places = LineLabels.places(new double[] {100, 100, 100}, 0, 250);
        assertThat(places).containsExactly(new double[] {100 - Svg.LINE, 100, 100 + Svg.LINE}, within(1e-9));
    }

    @Test
    void atAnEdgeTheyStayWithinAndApart() {
        for (double at : new double[] {5, 245}) {
            double[] places = LineLabels.places(new double[] {at, at, at, at + 1}, 10, 240);
            assertThat(places[0]).isGreaterThanOrEqualTo(10 - 1e-9);
            assertThat(places[3]).isLessThanOrEqualTo(240 + 1e-9);
            for (int i = 1; i < places.length; i++) {
                assertThat(places[i] - places[i - 1]).isGreaterThanOrEqualTo(Svg.LINE - 1e-9);
            }
        }
    }

    @Test
    void moreThanThereIsRoomForGoBeyondTheLowerEdgeRatherThanOnEachOther() {
        double[] places = LineLabels.places(new double[20], 10, 100);
        for (int i = 0; i < 20; i++) {
            assertThat(places[i]).isCloseTo(10 + i * Svg.LINE, within(1e-9));
        }
    }
}

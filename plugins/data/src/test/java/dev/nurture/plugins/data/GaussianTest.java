package dev.nurture.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GaussianTest {
    @Test
    void withoutSeparationRowsAreUnitNormal() throws IOException {
        Dataset rows = Loading.load(
                        Gaussian.FACTORY, Map.of("points", 100, "classes", 10, "features", 500, "separation", 0.0))
                .train();
        assertThat(rows.rows()).isEqualTo(1000);
        double[] moments = Loading.moments(rows, 0);
        assertThat(moments[0]).isCloseTo(0, within(0.1));
        double squares = 0;
        for (float value : rows.x()) {
            squares += (double) value * value;
        }
        // The mean of n = 500,000 squared unit normals has standard deviation √(2/n) = 0.002.
        assertThat(squares / rows.x().length).isCloseTo(1, within(0.01));
    }

    @Test
    void pointsScatterAboutTheirCentre() throws IOException {
        Dataset rows = Loading.load(
                        Gaussian.FACTORY,
                        Map.of("points", 2000, "classes", 3, "features", 2, "separation", 5.0, "deviation", 0.5))
                .train();
        KeyedRandom random = new KeyedRandom(Loading.SEED);
        for (int label = 0; label < 3; label++) {
            for (int feature = 0; feature < 2; feature++) {
                double centre = 5 * random.nextGaussian();
                double sum = 0;
                double squares = 0;
                for (int row = label * 2000; row < (label + 1) * 2000; row++) {
                    assertThat(rows.labels()[row]).isEqualTo(label);
                    double distance = rows.x()[row * 2 + feature] - centre;
                    sum += distance;
                    squares += distance * distance;
                }
                assertThat(sum / 2000).isCloseTo(0, within(0.05));
                assertThat(Math.sqrt(squares / 2000)).isCloseTo(0.5, within(0.04));
            }
        }
    }

    @Test
    void refusesMoreValuesThanAnArrayHolds() {
        assertThatThrownBy(() ->
                        Loading.load(Gaussian.FACTORY, Map.of("points", 1_000_000, "classes", 1000, "features", 100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("points × classes × features is 100000000000 values, more than one array holds"
                        + " (2147483639)");
    }
}

package dev.nurture.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpiralTest {
    @Test
    void withoutNoisePointsLieOnTheArms() throws IOException {
        Dataset spiral = Loading.load(Spiral.FACTORY, Map.of("points", 5, "classes", 2, "noise", 0.0))
                .train();
        assertThat(spiral.shape()).isEqualTo(Shape.of(2));
        assertThat(spiral.labels()).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
        // np.linspace(0, 1, 5) = 0, .25, .5, .75, 1; np.linspace(4, 8, 5) = 4, 5, 6, 7, 8
        assertThat(spiral.x()[2 * 6]).isCloseTo((float) (0.25 * Math.sin(5)), within(1e-7f));
        assertThat(spiral.x()[2 * 6 + 1]).isCloseTo((float) (0.25 * Math.cos(5)), within(1e-7f));
        assertThat(spiral.x()[2 * 9]).isCloseTo((float) Math.sin(8), within(1e-7f));
        assertThat(spiral.x()[2 * 4 + 1]).isCloseTo((float) Math.cos(4), within(1e-7f));
    }

    @Test
    void noiseTurnsTheAngleAndLeavesTheRadius() throws IOException {
        Dataset spiral = Loading.load(Spiral.FACTORY, Map.of()).train();
        assertThat(spiral.rows()).isEqualTo(300);
        assertThat(Loading.perClass(spiral)).containsExactly(100, 100, 100);
        KeyedRandom random = new KeyedRandom(Loading.SEED);
        for (int row = 0; row < spiral.rows(); row++) {
            double r = row % 100 / 99.0;
            double t = 4 * (row / 100) + 4 * r + 0.2 * random.nextGaussian();
            assertThat((double) spiral.x()[2 * row]).isCloseTo(r * Math.sin(t), within(1e-6));
            assertThat((double) spiral.x()[2 * row + 1]).isCloseTo(r * Math.cos(t), within(1e-6));
        }
    }
}

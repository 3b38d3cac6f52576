package dev.nurture.lecture.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RavineTest {
    private static final Ravine RAVINE = new Ravine(50, -8, 1.5, 60);

    /** Plain descent, or with a velocity in a slot. */
    private record Descent(float learningRate, float momentum) implements Optimizer {
        @Override
        public List<String> slots() {
            return List.of("velocity");
        }

        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            assertThat(step.decays()).isFalse();
            for (int i = from; i < to; i++) {
                slots[0][i] = momentum * slots[0][i] - step.learningRate() * g[i];
                w[i] += slots[0][i];
            }
        }
    }

    /** Each coordinate of plain descent shrinks by a factor of its own: x by 1 - rate, y by 1 - 50 rate. */
    @Test
    void plainDescentGoesAsTheFormulaSays() {
        Ravine.Way way = RAVINE.way("sgd", new Descent(0.03f, 0));
        for (int n = 0; n <= 60; n++) {
            assertThat(way.x()[n]).isCloseTo(-8 * Math.pow(0.97, n), within(1e-4));
            assertThat(way.y()[n]).isCloseTo(1.5 * Math.pow(-0.5, n), within(1e-4));
        }
        // ½·64·0.97^(2n) ≤ 0.882/… : the first n with 32·0.9409^n + 56.25·0.25^n ≤ 0.8825.
        int n = 0;
        while (32 * Math.pow(0.9409, n) + 56.25 * Math.pow(0.25, n) > 0.8825) {
            n++;
        }
        assertThat(way.reached()).hasValue(n);
    }

    /** The velocity is kept: for momentum m each coordinate obeys z(n+1) = (1 + m - rate k) z(n) - m z(n-1). */
    @Test
    void momentumObeysItsRecurrence() {
        Ravine.Way way = RAVINE.way("momentum", new Descent(0.01f, 0.9f));
        for (int n = 1; n < 60; n++) {
            assertThat(way.y()[n + 1]).isCloseTo((1.9 - 0.5) * way.y()[n] - 0.9 * way.y()[n - 1], within(1e-4));
        }
    }

    @Test
    void whoNeedsLongIsWaitedForAndWhoNeverComesIsNot() {
        Map<String, Optimizer> optimizers = new LinkedHashMap<>();
        optimizers.put("slow", new Descent(0.001f, 0));
        optimizers.put("away", new Descent(0.05f, 0));
        Ravine.Drawn drawn = RAVINE.draw("Ravine", optimizers);
        // 32·0.999^(2n) ≤ 0.8825 where y is gone.
        int expected = (int) Math.ceil(Math.log(0.8825 / 32) / (2 * Math.log(0.999)));
        assertThat(drawn.steps().get("slow").orElseThrow()).isCloseTo(expected, within(2));
        assertThat(drawn.steps()).containsEntry("away", OptionalInt.empty());
        Drawing drawing = Drawing.of(drawn.svg());
        assertThat(drawing.texts()).contains("slow", "away", "not there");
        assertThat(drawing.description())
                .startsWith("Contour lines of ½(x² + 50 y²) and the ways of optimizers from (−8, 1.5)");
    }

    @Test
    void contoursAndWaysHaveOneScale() {
        Drawing drawing = Drawing.of(
                RAVINE.draw("Ravine", Map.of("sgd", new Descent(0.03f, 0))).svg());
        // Contour lines of the first value go through the start; half axes are √(2f) and √(2f/50).
        var ellipse = drawing.elements("ellipse").get(2);
        double cx = Drawing.number(ellipse, "cx");
        double cy = Drawing.number(ellipse, "cy");
        double rx = Drawing.number(ellipse, "rx");
        double ry = Drawing.number(ellipse, "ry");
        double[] start =
                Drawing.dots(drawing.elements("path", "fe", "s0").get(0)).get(0);
        assertThat(Math.pow((start[0] - cx) / rx, 2) + Math.pow((start[1] - cy) / ry, 2))
                .isCloseTo(1, within(0.01));
        assertThat((cx - start[0]) / rx).isCloseTo(8 / Math.sqrt(2 * 88.25), within(0.01));
        assertThat((cy - start[1]) / ry).isCloseTo(1.5 / Math.sqrt(2 * 88.25 / 50), within(0.01));
    }

    @Test
    void oneThatGoesBeyondAllNumbersIsMarked() {
        Drawing drawing = Drawing.of(
                RAVINE.draw("Ravine", Map.of("sgd", new Descent(10f, 0))).svg());
        assertThat(drawing.texts()).contains("× not finite");
    }

    @Test
    void oneThatFailsIsNamed() {
        Optimizer failing = new Optimizer() {
            @Override
            public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
                throw new IllegalStateException("out of order");
            }

            @Override
            public float learningRate() {
                return 0.1f;
            }
        };
        assertThatThrownBy(() -> RAVINE.draw("a", Map.of("bad", failing)))
                .hasMessage("optimizer 'bad' failed in the ravine: out of order");
    }
}

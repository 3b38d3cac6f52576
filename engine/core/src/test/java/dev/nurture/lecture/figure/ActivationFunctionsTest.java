package dev.nurture.lecture.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationFunctionsTest {
    private static final class Tanh implements Activation {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) Math.tanh(x[i]);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = dy[i] * (1 - y[i] * y[i]);
            }
        }
    }

    private static final class Rectifier implements Activation {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.max(0, x[i]);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = x[i] > 0 ? dy[i] : 0;
            }
        }
    }

    /** Has a weight, and the greatest of several inputs. */
    private static final class Greatest implements ActivationLayer {
        private final int pieces;
        private Variable gain;

        Greatest(int pieces) {
            this.pieces = pieces;
        }

        @Override
        public int inputsPerUnit() {
            return pieces;
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            gain = variables.vector("gain", Shape.of(1), 2);
            return Shape.of(input.size() / pieces);
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            for (int i = 0; i < batch; i++) {
                y[i] = gain.value()[0] * x[greatest(x, i)];
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            for (int i = 0; i < batch; i++) {
                dx[greatest(x, i)] = gain.value()[0] * dy[i];
            }
        }

        private int greatest(float[] x, int row) {
            int best = row * pieces;
            for (int k = 1; k < pieces; k++) {
                best = x[row * pieces + k] > x[best] ? row * pieces + k : best;
            }
            return best;
        }
    }

    @Test
    void valuesAndSlopesAreThoseOfTheFunction() {
        ActivationFunctions.Shown tanh = ActivationFunctions.computed("tanh", ActivationLayer.of(new Tanh()));
        for (int i = 1; i < ActivationFunctions.POINTS - 1; i++) {
            assertThat(tanh.y()[i]).isCloseTo(Math.tanh(tanh.x()[i]), within(1e-6));
            double h = 1e-4;
            double difference = (Math.tanh(tanh.x()[i] + h) - Math.tanh(tanh.x()[i] - h)) / (2 * h);
            assertThat(tanh.slope()[i]).isCloseTo(difference, within(1e-5));
        }
        assertThat(tanh.x()[0]).isEqualTo(-5);
        assertThat(tanh.x()[ActivationFunctions.POINTS / 2]).isZero();
    }

    /** For two pieces of slopes 1 and -1 that touch x²/4, the greater is |x| - 1; three add a level one at 0. */
    @Test
    void oneOfSeveralInputsIsAUnitWhosePiecesTouchAParabola() {
        ActivationFunctions.Shown two = ActivationFunctions.computed("two", new Greatest(2));
        ActivationFunctions.Shown three = ActivationFunctions.computed("three", new Greatest(3));
        for (int i = 0; i < ActivationFunctions.POINTS; i++) {
            double x = two.x()[i];
            assertThat(two.y()[i]).isCloseTo(2 * (Math.abs(x) - 1), within(1e-5));
            assertThat(three.y()[i]).isCloseTo(2 * Math.max(0, Math.abs(x) - 1), within(1e-5));
            if (Math.abs(Math.abs(x) - 1) > 0.01) {
                assertThat(three.slope()[i]).isCloseTo(Math.abs(x) > 1 ? 2 * Math.signum(x) : 0, within(1e-6));
            }
        }
    }

    @Test
    void bothAreDrawnOnCommonAxesAndAJumpIsNotBridged() {
        Drawing drawing = Drawing.of(
                new ActivationFunctions().draw("Shapes", Map.of("relu", ActivationLayer.of(new Rectifier()))));
        List<double[]> function =
                Drawing.points(drawing.elements("path", "fl", "s0").get(0));
        // The legend's key comes first.
        List<double[]> line =
                Drawing.points(drawing.elements("path", "fl", "s0").get(1));
        assertThat(function).hasSize(2);
        double zero = drawing.place("y", "0", 0, "1", 1, 0);
        double one = drawing.place("y", "0", 0, "1", 1, 1);
        assertThat(line.get(0)[1]).isCloseTo(zero, within(0.11));
        assertThat(line).hasSize(3);
        double unit = (Drawing.number(drawing.text("5"), "x") - Drawing.number(drawing.text("−5"), "x")) / 10;
        assertThat((line.get(2)[1] - line.get(1)[1]) / (one - zero))
                .isCloseTo((line.get(2)[0] - line.get(1)[0]) / unit, within(0.01));
        String slope = drawing.elements("path", "fl", "s1").get(1).getAttribute("d");
        assertThat(slope.chars().filter(c -> c == 'M').count()).isEqualTo(2);
        assertThat(drawing.description())
                .isEqualTo("Functions and their derivatives for x from -5 to 5. relu: f(-5) = 0, f(0) = 0, f(5) = 5,"
                        + " derivative from 0 to 1.");
    }

    @Test
    void oneThatFailsIsNamed() {
        ActivationLayer failing = ActivationLayer.of(new Activation() {
            @Override
            public void forward(float[] x, float[] y, int from, int to) {
                throw new IllegalStateException("out of order");
            }

            @Override
            public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {}
        });
        assertThatThrownBy(() -> new ActivationFunctions().draw("a", Map.of("bad", failing)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("activation 'bad' cannot be drawn: out of order");
        assertThatThrownBy(() -> new ActivationFunctions().draw("a", Map.of()))
                .hasMessage("there is no activation to draw");
    }
}

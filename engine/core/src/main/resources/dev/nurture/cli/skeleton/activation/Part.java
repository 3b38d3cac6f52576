package {{package}};

import dev.nurture.spi.Activation;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Squareplus, a smooth rectifier without exponentials: {@code y = (x + √(x² + bend)) / 2}, whose slope is {@code y / √(x² +
 * bend)}. J. Barron, "Squareplus: a softplus-like algebraic rectifier", arXiv:2112.11687 (2021).
 */
final class {{class}} implements Activation {
    private static final Param<Double> BEND =
            Param.number("bend").in("[1e-6, 1e6]").or(4.0).doc("how round it is about 0, where it is sqrt(bend) / 2");

    static final Factory<Activation> FACTORY = new Factory<>(
            Activation.class,
            "{{part}}",
            "Squareplus, a smooth rectifier: (x + sqrt(x² + bend)) / 2 (Barron 2021).",
            List.of(BEND),
            settings -> new {{class}}(settings.get(BEND)));

    private final double bend;

    {{class}}(double bend) {
        this.bend = bend;
    }

    @Override
    public void forward(float[] x, float[] y, int from, int to) {
        double bend = this.bend;
        for (int i = from; i < to; i++) {
            double v = x[i];
            double root = Math.sqrt(v * v + bend);
            // The second form is the same number, without the difference of two nearly equal ones.
            y[i] = (float) (v > 0 ? (v + root) / 2 : bend / 2 / (root - v));
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        double bend = this.bend;
        for (int i = from; i < to; i++) {
            double v = x[i];
            dx[i] = (float) (dy[i] * (y[i] / Math.sqrt(v * v + bend)));
        }
    }
}

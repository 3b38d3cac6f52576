package org.example.nurture;

import dev.nurture.spi.Activation;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import java.util.List;

/**
 * Mish: {@code y = x · tanh(softplus(z))} with {@code z = sharpness·x} and {@code softplus(z) = ln(1 + e^z)}. D. Misra,
 * "Mish: a self regularized non-monotonic activation function", arXiv:1908.08681 (2019), where the sharpness is 1.
 *
 * <p>With {@code n = e^z·(e^z + 2)} that is {@code x·n / (n + 2)}, of slope {@code n / (n + 2) + 4z·e^z·(e^z + 1) / (n +
 * 2)²}: one exponential, and no overflow while z is kept from where nothing changes any more.
 */
final class Mish implements Activation {
    private static final Param<Double> SHARPNESS = Param.number("sharpness")
            .in("[0.01, 100]")
            .or(1.0)
            .doc("of the bend about 0; far above 1 it is the rectifier, far below a straight line");

    static final Factory<Activation> FACTORY = new Factory<>(
            Activation.class,
            "mish",
            "Mish, smooth and not monotonic: x tanh(ln(1 + e^(sharpness x))) (Misra 2019).",
            List.of(SHARPNESS),
            settings -> new Mish(settings.get(SHARPNESS)));

    /** Where e^z is 0. */
    private static final double ZERO = -800;

    /** Where n / (n + 2) is 1. */
    private static final double ONE = 20;

    private final double sharpness;

    Mish(double sharpness) {
        this.sharpness = sharpness;
    }

    @Override
    public void forward(float[] x, float[] y, int from, int to) {
        double sharpness = this.sharpness;
        for (int i = from; i < to; i++) {
            double z = Math.max(ZERO, sharpness * x[i]);
            double e = Math.exp(Math.min(ONE, z));
            double n = e * (e + 2);
            y[i] = (float) (z / sharpness * (n / (n + 2)));
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        double sharpness = this.sharpness;
        for (int i = from; i < to; i++) {
            double z = Math.max(ZERO, Math.min(ONE, sharpness * x[i]));
            double e = Math.exp(z);
            double n = e * (e + 2);
            double slope = n / (n + 2) + 4 * z * e * (e + 1) / ((n + 2) * (n + 2));
            dx[i] = (float) (dy[i] * slope);
        }
    }
}

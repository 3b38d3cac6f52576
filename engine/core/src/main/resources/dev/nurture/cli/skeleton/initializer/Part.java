package {{package}};

import dev.nurture.spi.Factory;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Normal values without tails, of mean 0 and variance {@code gain / fan_in}: what lies beyond two standard deviations is
 * drawn again. As that takes away from the variance, values are drawn with a deviation that is greater in return.
 */
final class {{class}} implements Initializer {
    private static final Param<Double> GAIN = Param.number("gain")
            .in("(0, 1e6]")
            .or(2.0)
            .doc("the variance times the inputs a unit; 2 suits rectifiers, 1 tanh");

    static final Factory<Initializer> FACTORY = new Factory<>(
            Initializer.class,
            "{{part}}",
            "Normal with variance gain/fan_in, cut off at two standard deviations.",
            List.of(GAIN),
            settings -> new {{class}}(settings.get(GAIN)));

    /** Where a unit normal variable is cut off. */
    private static final double CUT = 2;

    /** What is left of its standard deviation then: √(1 − 2·2φ(2) / (2Φ(2) − 1)). */
    private static final double REMAINING = 0.8796256610342398;

    private final double gain;

    {{class}}(double gain) {
        this.gain = gain;
    }

    @Override
    public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
        double deviation = Math.sqrt(gain / fan.in()) / REMAINING;
        for (int i = from; i < to; i++) {
            double value = random.nextGaussian();
            while (Math.abs(value) > CUT) {
                value = random.nextGaussian();
            }
            w[i] = (float) (deviation * value);
        }
    }
}

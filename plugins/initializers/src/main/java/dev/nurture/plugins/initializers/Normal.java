package dev.nurture.plugins.initializers;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Shape;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Independent normal values of mean 0.
 *
 * @param deviation the standard deviation for a fan
 */
record Normal(ToDoubleFunction<Fan> deviation) implements Initializer {
    @Override
    public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
        double std = deviation.applyAsDouble(fan);
        for (int i = from; i < to; i++) {
            w[i] = (float) (std * random.nextGaussian());
        }
    }
}

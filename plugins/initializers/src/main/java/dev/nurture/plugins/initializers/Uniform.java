package dev.nurture.plugins.initializers;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Shape;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Independent values, uniform in {@code [low, high]}. */
record Uniform(double low, double high) implements Initializer {
    Uniform {
        if (!(low < high)) {
            throw new IllegalArgumentException("'low' must be below 'high', but " + low + " is not below " + high);
        }
    }

    @Override
    public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
        for (int i = from; i < to; i++) {
            w[i] = (float) (low + (high - low) * random.nextDouble());
        }
    }

    /** Returns the initializer whose bounds, {@code ±√(3 · variance)}, give it the variance that a fan asks for. */
    static Initializer ofVariance(ToDoubleFunction<Fan> variance) {
        return (w, from, to, shape, fan, random) -> {
            double limit = Math.sqrt(3 * variance.applyAsDouble(fan));
            new Uniform(-limit, limit).fill(w, from, to, shape, fan, random);
        };
    }
}

package dev.nurture.plugins.initializers;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The same value everywhere. As a weight's start it keeps all units of a layer alike for ever. */
record Constant(float value) implements Initializer {
    @Override
    public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
        Arrays.fill(w, from, to, value);
    }
}

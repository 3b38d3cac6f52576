package dev.nurture.spi;

import java.util.random.RandomGenerator;

/** Gives a weight its first values. Stateless. */
public interface Initializer {
    /**
     * Overwrites {@code w[from … to)}, where the whole weight lies, with finite values and touches nothing else. What is
     * random comes from {@code random} alone.
     *
     * @param shape of the weight, with {@code to - from} values: {@code (inputs, units)} of a dense layer, {@code
     *     (filters, channels · kernel area)} of a convolution
     * @param random the weight's own stream
     */
    void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random);
}

package dev.nurture.spi;

import java.util.random.RandomGenerator;

/** Gives a weight its first values. Stateless. */
public interface Initializer {
    /**
     * Overwrites {@code w[from … to)} and touches nothing else.
     *
     * @param shape of the whole weight: {@code (inputs, units)} of a dense layer, {@code (filters, channels · kernel
     *     area)} of a convolution
     * @param random the weight's own stream
     */
    void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random);
}

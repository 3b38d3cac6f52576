package dev.nurture.spi;

/**
 * A layer that brings its input to a common scale: to begin with, in training, mean 0 and mean square 1 over groups of
 * values, such as a channel of the batch or all of an example. Keeps the shape, and has a trained shift that makes a bias
 * before it idle. Finite where values do not vary.
 */
public interface Normalization extends Layer {}

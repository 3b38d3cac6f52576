/**
 * All that a plugin compiles against: the kinds of part an experiment is made of, how a part declares its parameters
 * and its state, and what the engine lends it (memory, matrix products, workers, random streams).
 *
 * <p>Layout, everywhere: a batch is one {@code float[]} holding its examples one after the other; an example of shape
 * {@code (channels, height, width)} is stored channel by channel, row by row. Arrays may be longer than the batch needs.
 */
package dev.nurture.spi;

package dev.nurture.spi;

/**
 * A trained tensor of a layer. The engine initialises, updates, saves and restores it; the layer reads {@link #value} and
 * writes {@link #gradient}.
 *
 * @param value the numbers; the same array for the life of the network
 * @param gradient of the batch's mean loss; {@link Layer#backward} overwrites all of it
 */
public record Variable(String name, Shape shape, float[] value, float[] gradient) {}

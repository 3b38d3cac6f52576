package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Shape;

/** A random change to an image. */
interface ImageTransform {
    /**
     * Learns the shape, channels × height × width, of the images to come.
     *
     * @throws IllegalArgumentException if they are too small for it, with a message for the user
     */
    void build(Shape image);

    /** Writes an image, changed, to {@code y} where {@code x} has it: from {@code from}. Draws by {@code key} and {@code row}. */
    void run(float[] x, float[] y, int from, long key, int row);
}

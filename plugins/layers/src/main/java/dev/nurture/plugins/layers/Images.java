package dev.nurture.plugins.layers;

import dev.nurture.spi.Shape;

/** The check that a shape is that of an image. */
final class Images {
    private Images() {}

    /** @throws IllegalArgumentException unless the shape is (channels, height, width) */
    static void require(String layer, Shape input) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException(
                    layer + " takes images (channels, height, width), not examples of shape " + input);
        }
    }
}

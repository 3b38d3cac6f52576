package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Shape;

/** What augmentation asks of the shape of a row. */
final class Images {
    private Images() {}

    /**
     * Returns the width of images of a shape.
     *
     * @param name of the part that wants images
     * @throws IllegalArgumentException if the shape is not that of an image
     */
    static int width(String name, Shape shape) {
        if (shape.rank() != 3) {
            throw new IllegalArgumentException(
                    "'" + name + "' works on images (channels×height×width), not on rows of shape " + shape
                            + "; put it before what flattens them");
        }
        return shape.extent(2);
    }
}

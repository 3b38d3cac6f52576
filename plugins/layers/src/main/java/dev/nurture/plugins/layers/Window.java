package dev.nurture.plugins.layers;

import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;

/**
 * A square window moved over the planes of images, and how many planes make a tile.
 *
 * @param height of a plane
 * @param down places of the window from top to bottom
 * @param across places of the window from left to right
 */
record Window(int size, int stride, int channels, int height, int width, int down, int across) {
    /** Values that a tile reads: enough to be worth handing out. */
    private static final int TILE = 32_768;

    /** Returns the window over images of a shape, {@code floor((extent - size) / stride) + 1} places along an axis. */
    static Window over(Shape input, int size, int stride) {
        Images.require("pooling", input);
        int height = input.extent(1);
        int width = input.extent(2);
        if (size > height || size > width) {
            throw new IllegalArgumentException("a window of " + size + "×" + size + " does not fit into images of "
                    + input + "; the size is at most " + Math.min(height, width));
        }
        int down = (height - size) / stride + 1;
        int across = (width - size) / stride + 1;
        return new Window(size, stride, input.channels(), height, width, down, across);
    }

    Shape output() {
        return Shape.of(channels, down, across);
    }

    int tiles(int batch) {
        return Tile.count(batch * channels, planes());
    }

    /** Returns the number of planes a tile. */
    int planes() {
        return Math.max(1, TILE / (height * width));
    }

    /** Returns where the window at a place begins in the values of all planes. */
    int at(int plane, int row, int column) {
        return (plane * height + row * stride) * width + column * stride;
    }
}

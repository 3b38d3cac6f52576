package dev.nurture.plugins.layers;

import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variables;
import java.util.Arrays;

/**
 * The greatest value of each window. The gradient goes to where that value stands, the first one of several; NaN in a
 * window gives NaN. Remembers nothing: going back, the place is found by comparing again.
 */
final class MaxPool implements Layer {
    private final int size;
    private final int stride;
    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;

    private Window window;
    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int planes;

    /** @param stride null for the size */
    MaxPool(int size, Integer stride) {
        this.size = size;
        this.stride = stride == null ? size : stride;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        window = Window.over(input, size, stride);
        return window.output();
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        planes = batch * window.channels();
        pass.compute().run(window.tiles(batch), forwardTile);
    }

    private void forwardTile(int tile, int worker) {
        int last = Math.min(planes, (tile + 1) * window.planes());
        for (int plane = tile * window.planes(); plane < last; plane++) {
            for (int row = 0; row < window.down(); row++) {
                int from = window.at(plane, row, 0);
                int to = (plane * window.down() + row) * window.across();
                if (size == 2 && stride == 2) {
                    maxOfPairs(x, from, from + window.width(), y, to, window.across());
                } else {
                    maxOfWindows(from, to);
                }
            }
        }
    }

    private static void maxOfPairs(float[] x, int above, int below, float[] y, int to, int count) {
        for (int i = 0; i < count; i++) {
            float upper = Math.max(x[above + 2 * i], x[above + 2 * i + 1]);
            float lower = Math.max(x[below + 2 * i], x[below + 2 * i + 1]);
            y[to + i] = Math.max(upper, lower);
        }
    }

    private void maxOfWindows(int from, int to) {
        for (int column = 0; column < window.across(); column++) {
            int corner = from + column * stride;
            float max = x[corner];
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    max = Math.max(max, x[corner + i * window.width() + j]);
                }
            }
            y[to + column] = max;
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        if (dx == null) {
            return;
        }
        this.x = x;
        this.y = y;
        this.dy = dy;
        this.dx = dx;
        planes = batch * window.channels();
        pass.compute().run(window.tiles(batch), backwardTile);
    }

    private void backwardTile(int tile, int worker) {
        int first = tile * window.planes();
        int last = Math.min(planes, first + window.planes());
        int plane = window.height() * window.width();
        Arrays.fill(dx, first * plane, last * plane, 0);
        for (int i = first; i < last; i++) {
            for (int row = 0; row < window.down(); row++) {
                int at = (i * window.down() + row) * window.across();
                int corner = window.at(i, row, 0);
                if (size == 2 && stride == 2) {
                    giveToPairs(x, corner, window.width(), y, dy, at, dx, window.across());
                } else {
                    giveToWindows(corner, at);
                }
            }
        }
    }

    /** The place as a number, not as jumps: which of four is greatest cannot be predicted. NaN goes to the last. */
    private static void giveToPairs(
            float[] x, int corner, int width, float[] y, float[] dy, int at, float[] dx, int count) {
        for (int i = 0; i < count; i++) {
            int above = corner + 2 * i;
            float max = y[at + i];
            int place = above + width + 1;
            place = x[above + width] == max ? above + width : place;
            place = x[above + 1] == max ? above + 1 : place;
            place = x[above] == max ? above : place;
            dx[place] = dy[at + i];
        }
    }

    private void giveToWindows(int corner, int at) {
        for (int column = 0; column < window.across(); column++) {
            int begin = corner + column * stride;
            dx[first(begin, y[at + column])] += dy[at + column];
        }
    }

    private int first(int begin, float max) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                int place = begin + i * window.width() + j;
                if (x[place] == max) {
                    return place;
                }
            }
        }
        return begin; // NaN equals nothing
    }
}

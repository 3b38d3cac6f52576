package dev.nurture.plugins.layers;

import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variables;
import java.util.Arrays;

/** The mean of each window; the gradient is shared out evenly. */
final class AveragePool implements Layer {
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
    AveragePool(int size, Integer stride) {
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
        float share = 1f / (size * size);
        int last = Math.min(planes, (tile + 1) * window.planes());
        int to = tile * window.planes() * window.down() * window.across();
        for (int plane = tile * window.planes(); plane < last; plane++) {
            for (int row = 0; row < window.down(); row++) {
                for (int column = 0; column < window.across(); column++) {
                    y[to++] = share * sum(window.at(plane, row, column));
                }
            }
        }
    }

    private float sum(int corner) {
        float total = 0;
        for (int i = 0; i < size; i++) {
            int row = corner + i * window.width();
            float rowTotal = 0;
            for (int j = 0; j < size; j++) {
                rowTotal += x[row + j];
            }
            total += rowTotal;
        }
        return total;
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        if (dx == null) {
            return;
        }
        this.dy = dy;
        this.dx = dx;
        planes = batch * window.channels();
        pass.compute().run(window.tiles(batch), backwardTile);
    }

    private void backwardTile(int tile, int worker) {
        float share = 1f / (size * size);
        int first = tile * window.planes();
        int last = Math.min(planes, first + window.planes());
        int plane = window.height() * window.width();
        Arrays.fill(dx, first * plane, last * plane, 0);
        int from = first * window.down() * window.across();
        for (int i = first; i < last; i++) {
            for (int row = 0; row < window.down(); row++) {
                for (int column = 0; column < window.across(); column++) {
                    give(window.at(i, row, column), share * dy[from++]);
                }
            }
        }
    }

    private void give(int corner, float gradient) {
        for (int i = 0; i < size; i++) {
            int row = corner + i * window.width();
            for (int j = 0; j < size; j++) {
                dx[row + j] += gradient;
            }
        }
    }
}

package dev.nurture.plugins.activations;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variables;

/**
 * The greatest of {@code k} linear pieces: output channel {@code c} is the maximum, place by place, of the input channels
 * {@code c·k … c·k + k − 1}. Of equal pieces the first gets the gradient. I. Goodfellow et al., "Maxout networks", ICML
 * 2013.
 */
final class Maxout implements ActivationLayer {
    /** Input values a tile, at least one example. */
    private static final int TILE = 16_384;

    private final int pieces;
    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;

    private int units;
    private int plane;
    private int examples;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int batch;

    Maxout(int pieces) {
        this.pieces = pieces;
    }

    @Override
    public int inputsPerUnit() {
        return pieces;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        if (input.channels() % pieces != 0) {
            throw new IllegalArgumentException("maxout takes the greatest of " + pieces + " pieces a unit, but "
                    + input.channels() + " channels are not a multiple of that");
        }
        int[] extents = input.toArray();
        extents[0] /= pieces;
        units = extents[0];
        plane = input.plane();
        examples = Math.max(1, TILE / input.size());
        return Shape.of(extents);
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        this.batch = batch;
        pass.compute().run(Tile.count(batch, examples), forwardTile);
    }

    private void forwardTile(int tile, int worker) {
        int end = Math.min(batch, (tile + 1) * examples) * units;
        for (int unit = tile * examples * units; unit < end; unit++) {
            int out = unit * plane;
            int in = out * pieces;
            for (int i = 0; i < plane; i++) {
                float greatest = x[in + i];
                for (int piece = 1; piece < pieces; piece++) {
                    greatest = Math.max(greatest, x[in + piece * plane + i]);
                }
                y[out + i] = greatest;
            }
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
        this.batch = batch;
        pass.compute().run(Tile.count(batch, examples), backwardTile);
    }

    private void backwardTile(int tile, int worker) {
        int end = Math.min(batch, (tile + 1) * examples) * units;
        for (int unit = tile * examples * units; unit < end; unit++) {
            int out = unit * plane;
            int in = out * pieces;
            for (int i = 0; i < plane; i++) {
                float greatest = y[out + i];
                float gradient = dy[out + i];
                for (int piece = 0; piece < pieces; piece++) {
                    int at = in + piece * plane + i;
                    // Not less, rather than equal: a unit that is NaN passes its gradient on too.
                    boolean winner = !(x[at] < greatest);
                    dx[at] = winner ? gradient : 0f;
                    gradient = winner ? 0f : gradient;
                }
            }
        }
    }
}

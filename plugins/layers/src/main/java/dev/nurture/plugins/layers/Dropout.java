package dev.nurture.plugins.layers;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variables;

/**
 * Inverted dropout: in training {@code y[i] = x[i] / (1 - rate)} where {@code uniform(key, i) ≥ rate}, otherwise 0; out
 * of training {@code y = x}. Value {@code i} is counted over the batch, so the mask depends on nothing but the key.
 */
final class Dropout implements Layer {
    private static final int TILE = 16_384;
    /** Uniform numbers are multiples of this; so is the rate, as used. */
    private static final double STEP = 0x1.0p-24;

    private final float rate;
    private final float scale;
    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;

    private int size;
    private long stream;
    private float[] mask;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int count;
    private long key;

    Dropout(double rate) {
        this.rate = (float) Math.min(Math.rint(rate / STEP) * STEP, 1 - STEP);
        scale = (float) (1 / (1.0 - this.rate));
    }

    @Override
    public boolean identity() {
        return rate == 0;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        size = input.size();
        stream = variables.stream();
        mask = variables.perExample(size);
        return input;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        if (!pass.training()) {
            System.arraycopy(x, 0, y, 0, batch * size);
            return;
        }
        this.x = x;
        this.y = y;
        count = batch * size;
        key = pass.key(stream);
        pass.compute().run(Tile.count(count, TILE), forwardTile);
    }

    private void forwardTile(int tile, int worker) {
        int from = tile * TILE;
        int to = Math.min(count, from + TILE);
        draw(mask, key, from, to);
        threshold(mask, rate, scale, from, to);
        multiply(x, mask, y, from, to);
    }

    private static void draw(float[] uniform, long key, int from, int to) {
        for (int i = from; i < to; i++) {
            uniform[i] = KeyedRandom.uniform(key, i);
        }
    }

    /**
     * Makes uniform numbers 0 or {@code scale}. They and the rate are multiples of 2⁻²⁴, so the difference times 2²⁴ is
     * a whole number, and at least 0 just where the value is kept. (1.6 ns an element; asking with {@code ?:}, which is
     * guessed wrong half the time, 8.8.)
     */
    private static void threshold(float[] mask, float rate, float scale, int from, int to) {
        for (int i = from; i < to; i++) {
            mask[i] = Math.min(1, Math.max(0, (mask[i] - rate) * 0x1.0p24f + 1)) * scale;
        }
    }

    private static void multiply(float[] a, float[] b, float[] product, int from, int to) {
        for (int i = from; i < to; i++) {
            product[i] = a[i] * b[i];
        }
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        if (dx == null) {
            return;
        }
        this.dy = dy;
        this.dx = dx;
        count = batch * size;
        pass.compute().run(Tile.count(count, TILE), backwardTile);
    }

    private void backwardTile(int tile, int worker) {
        multiply(dy, mask, dx, tile * TILE, Math.min(count, (tile + 1) * TILE));
    }
}

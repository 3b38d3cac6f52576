package dev.nurture.spi;

/** Applies an {@link Activation} to every value, one tile a worker. */
final class ElementwiseLayer implements ActivationLayer {
    /** Values a tile: 64 KiB each of input and output, which stay in the second-level cache between the two passes. */
    private static final int TILE = 16_384;

    private final Activation activation;
    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;
    private int size;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int count;

    ElementwiseLayer(Activation activation) {
        this.activation = activation;
    }

    @Override
    public boolean identity() {
        return activation.identity();
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        size = input.size();
        return input;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        count = batch * size;
        pass.compute().run(Tile.count(count, TILE), forwardTile);
    }

    private void forwardTile(int tile, int worker) {
        activation.forward(x, y, tile * TILE, Math.min(count, (tile + 1) * TILE));
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
        count = batch * size;
        pass.compute().run(Tile.count(count, TILE), backwardTile);
    }

    private void backwardTile(int tile, int worker) {
        activation.backward(x, y, dy, dx, tile * TILE, Math.min(count, (tile + 1) * TILE));
    }
}

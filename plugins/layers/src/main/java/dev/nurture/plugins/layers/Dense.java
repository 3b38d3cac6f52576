package dev.nurture.plugins.layers;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.Arrays;

/**
 * {@code Y = X·W + b}, with {@code X} of batch × inputs, {@code W} of inputs × outputs; {@code dX = dY·Wᵀ}, {@code dW =
 * Xᵀ·dY}, {@code db} the column sums of {@code dY}.
 *
 * <p>Each product is cut along the longer side of its result, so that the larger factor is brought into the order that
 * BLAS wants only once (128 × 784 by 784 × 512 in eight tiles: 91 GFLOP/s by columns, 49 by rows).
 */
final class Dense implements Layer {
    private static final int MOST_TILES = 8;
    /** Operations below which another tile costs more than it gains. */
    private static final long TILE_WORK = 2_000_000;

    private final int units;
    private final int outputs;
    private final Initializer initializer;
    private final boolean biased;
    private final Tile forwardTile = this::forwardTile;
    private final Tile backwardTile = this::backwardTile;

    private int inputs;
    private Variable weight;
    private Variable bias;
    private float[] ones;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int batch;
    private Pass pass;
    private boolean byRows;
    private int span;
    private boolean dxByRows;
    private int dxSpan;
    private int dxTiles;
    private boolean dwByRows;
    private int dwSpan;
    private int dwTiles;

    /**
     * @param units outputs that the activation gives
     * @param inputsPerUnit values that the activation takes for each
     */
    Dense(int units, int inputsPerUnit, Initializer initializer, boolean biased) {
        this.units = units;
        this.outputs = Math.multiplyExact(units, inputsPerUnit);
        this.initializer = initializer;
        this.biased = biased;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        inputs = input.size();
        weight = variables.weight("weight", Shape.of(inputs, outputs), new Fan(inputs, units), initializer);
        if (biased) {
            bias = variables.vector("bias", Shape.of(outputs), 0);
            ones = variables.scratch(variables.capacity());
            Arrays.fill(ones, 1);
        }
        return Shape.of(outputs);
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        this.batch = batch;
        this.pass = pass;
        byRows = batch >= outputs;
        int items = byRows ? batch : outputs;
        span = span(items, batch);
        pass.compute().run(Tile.count(items, span), forwardTile);
    }

    private void forwardTile(int tile, int worker) {
        int row = byRows ? tile * span : 0;
        int rows = byRows ? Math.min(span, batch - row) : batch;
        int column = byRows ? 0 : tile * span;
        int columns = byRows ? outputs : Math.min(span, outputs - column);
        if (biased) {
            for (int i = row; i < row + rows; i++) {
                System.arraycopy(bias.value(), column, y, i * outputs + column, columns);
            }
        }
        float[] w = weight.value();
        float beta = biased ? 1 : 0;
        int at = row * outputs + column;
        pass.compute()
                .gemm(
                        false,
                        false,
                        rows,
                        columns,
                        inputs,
                        1,
                        x,
                        row * inputs,
                        inputs,
                        w,
                        column,
                        outputs,
                        beta,
                        y,
                        at,
                        outputs);
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        this.x = x;
        this.dy = dy;
        this.dx = dx;
        this.batch = batch;
        this.pass = pass;
        dwByRows = inputs >= outputs;
        int dwItems = dwByRows ? inputs : outputs;
        dwSpan = span(dwItems, batch);
        dwTiles = Tile.count(dwItems, dwSpan);
        dxByRows = batch >= inputs;
        int dxItems = dxByRows ? batch : inputs;
        dxSpan = span(dxItems, batch);
        dxTiles = dx == null ? 0 : Tile.count(dxItems, dxSpan);
        if (dwTiles == 1) {
            // Too little work to hand out.
            dwTile(0);
            if (dx != null) {
                dxTile(0);
            }
            biasGradient();
        } else {
            pass.compute().run(dwTiles + dxTiles + (biased ? 1 : 0), backwardTile);
        }
    }

    private void backwardTile(int tile, int worker) {
        if (tile < dwTiles) {
            dwTile(tile);
        } else if (tile < dwTiles + dxTiles) {
            dxTile(tile - dwTiles);
        } else {
            biasGradient();
        }
    }

    private void dwTile(int tile) {
        int row = dwByRows ? tile * dwSpan : 0;
        int rows = dwByRows ? Math.min(dwSpan, inputs - row) : inputs;
        int column = dwByRows ? 0 : tile * dwSpan;
        int columns = dwByRows ? outputs : Math.min(dwSpan, outputs - column);
        float[] dw = weight.gradient();
        int at = row * outputs + column;
        pass.compute()
                .gemm(true, false, rows, columns, batch, 1, x, row, inputs, dy, column, outputs, 0, dw, at, outputs);
    }

    private void dxTile(int tile) {
        int row = dxByRows ? tile * dxSpan : 0;
        int rows = dxByRows ? Math.min(dxSpan, batch - row) : batch;
        int column = dxByRows ? 0 : tile * dxSpan;
        int columns = dxByRows ? inputs : Math.min(dxSpan, inputs - column);
        float[] w = weight.value();
        int from = row * outputs;
        int at = row * inputs + column;
        pass.compute()
                .gemm(
                        false,
                        true,
                        rows,
                        columns,
                        outputs,
                        1,
                        dy,
                        from,
                        outputs,
                        w,
                        column * outputs,
                        outputs,
                        0,
                        dx,
                        at,
                        inputs);
    }

    private void biasGradient() {
        if (biased) {
            pass.compute().gemv(true, batch, outputs, 1, dy, 0, outputs, ones, 0, 0, bias.gradient(), 0);
        }
    }

    /** Returns how many of {@code items} rows or columns a tile takes: a multiple of 16, what BLAS kernels work in. */
    private int span(int items, int batch) {
        long work = 2L * batch * inputs * outputs;
        int tiles = (int) Math.max(1, Math.min(MOST_TILES, work / TILE_WORK));
        int even = (items + tiles - 1) / tiles;
        return tiles == 1 ? items : (even + 15) / 16 * 16;
    }
}

package {{package}};

import dev.nurture.spi.Factory;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.List;

/**
 * Multiplies each channel by a learned factor: {@code y = scale[c]·x}. Put last into a residual block and begun near 0, it
 * lets the block grow out of the identity. H. Touvron et al., "Going deeper with image transformers", ICCV 2021.
 */
final class {{class}} implements Layer {
    private static final Param<Double> INITIAL =
            Param.number("initial").in("[-1e6, 1e6]").or(0.1).doc("every factor to begin with");

    static final Factory<Layer> FACTORY = new Factory<>(
            Layer.class,
            "{{part}}",
            "Multiplies each channel by a learned factor (Touvron et al. 2021).",
            List.of(INITIAL),
            settings -> new {{class}}(settings.get(INITIAL)));

    /** What a tile takes on. It must not depend on the number of workers, or the bits of the sums would. */
    private static final int EXAMPLES = 8;

    private static final int CHANNELS = 8;

    private final float initial;
    private final Tile forwardTile = this::forwardTile;
    private final Tile inputTile = this::inputTile;
    private final Tile scaleTile = this::scaleTile;

    private int channels;
    private int plane;
    private Variable scale;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int batch;

    {{class}}(double initial) {
        this.initial = (float) initial;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        channels = input.channels();
        plane = input.plane();
        scale = variables.vector("scale", Shape.of(channels), initial);
        return input;
    }

    @Override
    public void forward(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        this.batch = batch;
        pass.compute().run(Tile.count(batch, EXAMPLES), forwardTile);
    }

    private void forwardTile(int tile, int worker) {
        multiply(x, y, tile);
    }

    @Override
    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
        this.x = x;
        this.dy = dy;
        this.dx = dx;
        this.batch = batch;
        if (dx != null) {
            pass.compute().run(Tile.count(batch, EXAMPLES), inputTile);
        }
        pass.compute().run(Tile.count(channels, CHANNELS), scaleTile);
    }

    private void inputTile(int tile, int worker) {
        multiply(dy, dx, tile);
    }

    private void multiply(float[] from, float[] to, int tile) {
        int end = Math.min(batch, (tile + 1) * EXAMPLES) * channels;
        for (int map = tile * EXAMPLES * channels; map < end; map++) {
            float factor = scale.value()[map % channels];
            for (int i = map * plane; i < (map + 1) * plane; i++) {
                to[i] = factor * from[i];
            }
        }
    }

    private void scaleTile(int tile, int worker) {
        int end = Math.min(channels, (tile + 1) * CHANNELS);
        for (int channel = tile * CHANNELS; channel < end; channel++) {
            double sum = 0;
            for (int map = channel; map < batch * channels; map += channels) {
                for (int i = map * plane; i < (map + 1) * plane; i++) {
                    sum += (double) dy[i] * x[i];
                }
            }
            scale.gradient()[channel] = (float) sum;
        }
    }
}

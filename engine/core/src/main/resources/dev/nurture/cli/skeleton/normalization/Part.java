package {{package}};

import dev.nurture.spi.Factory;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.util.List;

/**
 * Root-mean-square normalization: {@code h = x / √(mean(x²) + epsilon)} over all values of an example, then {@code y =
 * scale[c]·h + shift[c]}, with a learned scale and shift a channel. B. Zhang, R. Sennrich, "Root mean square layer
 * normalization", NeurIPS 2019; the shift is added here, because layers leave out their bias before a normalization.
 */
final class {{class}} implements Normalization {
    private static final Param<Double> EPSILON =
            Param.number("epsilon").in("[1e-12, 1]").or(1e-5).doc("added to the mean square");

    static final Factory<Normalization> FACTORY = new Factory<>(
            Normalization.class,
            "{{part}}",
            "Root mean square 1 over all values of an example (Zhang and Sennrich 2019); scale and shift for each channel.",
            List.of(EPSILON),
            settings -> new {{class}}(settings.get(EPSILON)));

    /** What a tile takes on. It must not depend on the number of workers, or the bits of the sums would. */
    private static final int EXAMPLES = 8;

    private static final int CHANNELS = 8;

    private final double epsilon;
    private final Tile forwardTile = this::forwardTile;
    private final Tile inputTile = this::inputTile;
    private final Tile parametersTile = this::parametersTile;

    private int channels;
    private int plane;
    private int size;
    private Variable scale;
    private Variable shift;
    /** What each example was multiplied by, as forward found it. */
    private float[] inverses;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;
    private int batch;

    {{class}}(double epsilon) {
        this.epsilon = epsilon;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        channels = input.channels();
        plane = input.plane();
        size = input.size();
        scale = variables.vector("scale", Shape.of(channels), 1);
        shift = variables.vector("shift", Shape.of(channels), 0);
        inverses = variables.perExample(1);
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
        for (int example = tile * EXAMPLES; example < Math.min(batch, (tile + 1) * EXAMPLES); example++) {
            double squares = 0;
            for (int i = example * size; i < (example + 1) * size; i++) {
                squares += (double) x[i] * x[i];
            }
            float inverse = (float) (1 / Math.sqrt(squares / size + epsilon));
            inverses[example] = inverse;
            for (int channel = 0; channel < channels; channel++) {
                float factor = scale.value()[channel] * inverse;
                float offset = shift.value()[channel];
                int from = example * size + channel * plane;
                for (int i = from; i < from + plane; i++) {
                    y[i] = factor * x[i] + offset;
                }
            }
        }
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
        pass.compute().run(Tile.count(channels, CHANNELS), parametersTile);
    }

    /** With {@code dh = scale·dy}: {@code dx = (dh − h·mean(dh·h)) / √(mean(x²) + epsilon)}. */
    private void inputTile(int tile, int worker) {
        for (int example = tile * EXAMPLES; example < Math.min(batch, (tile + 1) * EXAMPLES); example++) {
            double products = 0;
            for (int channel = 0; channel < channels; channel++) {
                int from = example * size + channel * plane;
                double sum = 0;
                for (int i = from; i < from + plane; i++) {
                    sum += (double) dy[i] * x[i];
                }
                products += sum * scale.value()[channel];
            }
            float inverse = inverses[example];
            float mean = (float) (products * inverse * inverse / size);
            for (int channel = 0; channel < channels; channel++) {
                float factor = scale.value()[channel];
                int from = example * size + channel * plane;
                for (int i = from; i < from + plane; i++) {
                    dx[i] = inverse * (factor * dy[i] - mean * x[i]);
                }
            }
        }
    }

    private void parametersTile(int tile, int worker) {
        for (int channel = tile * CHANNELS; channel < Math.min(channels, (tile + 1) * CHANNELS); channel++) {
            double ofScale = 0;
            double ofShift = 0;
            for (int example = 0; example < batch; example++) {
                float inverse = inverses[example];
                int from = example * size + channel * plane;
                for (int i = from; i < from + plane; i++) {
                    ofScale += (double) dy[i] * (x[i] * inverse);
                    ofShift += dy[i];
                }
            }
            scale.gradient()[channel] = (float) ofScale;
            shift.gradient()[channel] = (float) ofShift;
        }
    }
}

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
 * Positional normalization: {@code h = (x − mean) / √(variance + epsilon)} over the channels at each position of an image, or
 * over the features of a vector, then {@code y = scale[c]·h + shift[c]} with a learned scale and shift a channel. B. Li, F.
 * Wu, K. Weinberger, S. Belongie, "Positional normalization", NeurIPS 2019.
 */
final class {{class}} implements Normalization {
    private static final Param<Double> EPSILON =
            Param.number("epsilon").in("[1e-12, 1]").or(1e-5).doc("added to each variance");

    static final Factory<Normalization> FACTORY = new Factory<>(
            Normalization.class,
            "{{part}}",
            "Mean 0 and variance 1 over the channels at each position (Li et al. 2019); scale and shift for each channel.",
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
    /** Of each position of each example, as forward found them: the mean, and what its distance was multiplied by. */
    private float[] means;

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
        if (channels == 1) {
            throw new IllegalArgumentException("one value cannot be normalized, and that is all that examples of shape "
                    + input + " have at a position");
        }
        scale = variables.vector("scale", Shape.of(channels), 1);
        shift = variables.vector("shift", Shape.of(channels), 0);
        means = variables.perExample(plane);
        inverses = variables.perExample(plane);
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
        int end = Math.min(batch, (tile + 1) * EXAMPLES) * plane;
        for (int position = tile * EXAMPLES * plane; position < end; position++) {
            int first = first(position);
            double sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += x[first + channel * plane];
            }
            double mean = sum / channels;
            double squares = 0;
            for (int channel = 0; channel < channels; channel++) {
                double distance = x[first + channel * plane] - mean;
                squares += distance * distance;
            }
            float centre = (float) mean;
            float inverse = (float) (1 / Math.sqrt(squares / channels + epsilon));
            means[position] = centre;
            inverses[position] = inverse;
            for (int channel = 0; channel < channels; channel++) {
                int i = first + channel * plane;
                y[i] = scale.value()[channel] * ((x[i] - centre) * inverse) + shift.value()[channel];
            }
        }
    }

    /** Returns where the first channel of a position lies; positions are counted through the batch. */
    private int first(int position) {
        return position / plane * size + position % plane;
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

    /** With {@code dh = scale·dy}: {@code dx = (dh − mean(dh) − h·mean(dh·h)) / √(variance + epsilon)}. */
    private void inputTile(int tile, int worker) {
        int end = Math.min(batch, (tile + 1) * EXAMPLES) * plane;
        for (int position = tile * EXAMPLES * plane; position < end; position++) {
            int first = first(position);
            float centre = means[position];
            float inverse = inverses[position];
            double sum = 0;
            double products = 0;
            for (int channel = 0; channel < channels; channel++) {
                int i = first + channel * plane;
                double gradient = (double) scale.value()[channel] * dy[i];
                sum += gradient;
                products += gradient * ((x[i] - centre) * inverse);
            }
            float mean = (float) (sum / channels);
            float product = (float) (products / channels);
            for (int channel = 0; channel < channels; channel++) {
                int i = first + channel * plane;
                float h = (x[i] - centre) * inverse;
                dx[i] = inverse * (scale.value()[channel] * dy[i] - mean - h * product);
            }
        }
    }

    private void parametersTile(int tile, int worker) {
        for (int channel = tile * CHANNELS; channel < Math.min(channels, (tile + 1) * CHANNELS); channel++) {
            double ofScale = 0;
            double ofShift = 0;
            for (int position = 0; position < batch * plane; position++) {
                int i = first(position) + channel * plane;
                ofScale += (double) dy[i] * ((x[i] - means[position]) * inverses[position]);
                ofShift += dy[i];
            }
            scale.gradient()[channel] = (float) ofScale;
            shift.gradient()[channel] = (float) ofShift;
        }
    }
}

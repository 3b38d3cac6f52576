package {{package}};

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Tile;
import dev.nurture.spi.Variables;
import java.util.Arrays;
import java.util.List;

/**
 * Brings each value of a row to {@code [low, 1]} by its least and its greatest value in the training rows: {@code y = low +
 * (1 − low)·(x − least) / (greatest − least)}. What is constant in the training rows becomes {@code low}; other rows may
 * lie outside.
 */
final class {{class}} implements Preprocessor {
    private static final Param<Double> LOW =
            Param.number("low").in("[-1, 0]").or(0.0).doc("what the least value becomes; the greatest becomes 1");

    static final Factory<Preprocessor> FACTORY = new Factory<>(
            Preprocessor.class,
            "{{part}}",
            "Brings each value from its range in the training rows to [low, 1].",
            List.of(LOW),
            settings -> new {{class}}(settings.get(LOW)));

    private static final int ROWS = 32;

    /** A range below this would turn the values of other rows into infinities. */
    private static final double LEAST_RANGE = 1e-30;

    private final double low;
    private final Tile tile = this::tile;

    private int size;
    private float[] least;
    private float[] factor;

    private float[] x;
    private float[] y;
    private int batch;

    {{class}}(double low) {
        this.low = low;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        size = input.size();
        least = variables.buffer("least", input, 0);
        factor = variables.buffer("factor", input, 1);
        return input;
    }

    @Override
    public void fit(Dataset train) {
        float[] greatest = new float[size];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < train.rows(); row++) {
            for (int j = 0; j < size; j++) {
                float value = train.x()[row * size + j];
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("training row " + row + " holds " + value + " as its value " + j
                            + " (both counted from 0); ranges are those of finite values");
                }
                least[j] = Math.min(least[j], value);
                greatest[j] = Math.max(greatest[j], value);
            }
        }
        for (int j = 0; j < size; j++) {
            double range = (double) greatest[j] - least[j];
            factor[j] = range < LEAST_RANGE ? 1 : (float) ((1 - low) / range);
        }
    }

    @Override
    public void apply(float[] x, float[] y, int batch, Pass pass) {
        this.x = x;
        this.y = y;
        this.batch = batch;
        pass.compute().run(Tile.count(batch, ROWS), tile);
    }

    private void tile(int tile, int worker) {
        float offset = (float) low;
        for (int row = tile * ROWS; row < Math.min(batch, (tile + 1) * ROWS); row++) {
            int from = row * size;
            for (int j = 0; j < size; j++) {
                y[from + j] = offset + (x[from + j] - least[j]) * factor[j];
            }
        }
    }
}

package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.util.List;

/** Multiplies by a constant and adds another: {@code y = factor·x + offset}. By default bytes come to [0, 1]. */
final class Scale implements Preprocessor {
    private static final Param<Double> FACTOR =
            Param.number("factor").or(1.0 / 255).doc("what values are multiplied by");
    private static final Param<Double> OFFSET = Param.number("offset").or(0.0).doc("what is added then");

    static final Factory<Preprocessor> FACTORY = new Factory<>(
            Preprocessor.class,
            "scale",
            "Multiplies all values by a factor and adds an offset; by default from 0…255 to 0…1.",
            List.of(FACTOR, OFFSET),
            settings -> new Scale(settings.get(FACTOR), settings.get(OFFSET)));

    private final float factor;
    private final float offset;
    private int size;
    private RowTiles rows;

    private Scale(double factor, double offset) {
        this.factor = (float) factor;
        this.offset = (float) offset;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        size = input.size();
        rows = new RowTiles(input, this::row);
        return input;
    }

    @Override
    public void fit(Dataset train) {}

    @Override
    public void apply(float[] x, float[] y, int batch, Pass pass) {
        rows.run(x, y, batch, pass);
    }

    private void row(float[] x, float[] y, int from, int row, int worker) {
        float multiply = factor;
        float add = offset;
        int to = from + size;
        for (int i = from; i < to; i++) {
            y[i] = x[i] * multiply + add;
        }
    }
}

package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.util.List;

/**
 * Augmentation: mirrors an image, left for right, with a probability, anew in every batch. Outside training it copies.
 *
 * <p>For pictures whose mirror image means the same: not for digits or letters.
 */
final class Flip implements Preprocessor {
    private static final Param<Double> PROBABILITY =
            Param.number("probability").in("[0, 1]").or(0.5).doc("the share of images that are mirrored");

    static final Factory<Preprocessor> FACTORY = new Factory<>(
            Preprocessor.class,
            "flip",
            "Augmentation: mirrors images left for right at random; not for digits or letters.",
            List.of(PROBABILITY),
            settings -> new Flip(settings.get(PROBABILITY)));

    private final double probability;
    private int width;
    private int size;
    private long stream;
    private RowTiles rows;
    private boolean training;
    private long key;

    private Flip(double probability) {
        this.probability = probability;
    }

    @Override
    public boolean augmentation() {
        return true;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        width = Images.width("flip", input);
        size = input.size();
        stream = variables.stream();
        rows = new RowTiles(input, this::row);
        return input;
    }

    @Override
    public void fit(Dataset train) {}

    @Override
    public void apply(float[] x, float[] y, int batch, Pass pass) {
        training = pass.training();
        key = pass.key(stream);
        rows.run(x, y, batch, pass);
    }

    private void row(float[] x, float[] y, int from, int row, int worker) {
        if (!training || KeyedRandom.uniform(key, row) >= probability) {
            System.arraycopy(x, from, y, from, size);
            return;
        }
        for (int line = from; line < from + size; line += width) {
            int last = line + width - 1;
            for (int i = 0; i < width; i++) {
                y[line + i] = x[last - i];
            }
        }
    }
}

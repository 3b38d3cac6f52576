package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Factory;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Param;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import java.util.List;

/**
 * Augmentation: mirrors an image, left for right, with a probability.
 *
 * <p>For pictures whose mirror image means the same: not for digits or letters.
 */
final class Flip implements ImageTransform {
    private static final Param<Double> PROBABILITY =
            Param.number("probability").in("[0, 1]").or(0.5).doc("the share of images that are mirrored");

    static final Factory<Preprocessor> FACTORY = new Factory<>(
            Preprocessor.class,
            "flip",
            "Augmentation: mirrors images left for right at random; not for digits or letters.",
            List.of(PROBABILITY),
            settings -> new Augmentation("flip", new Flip(settings.get(PROBABILITY))));

    private final double probability;
    private int width;
    private int size;

    private Flip(double probability) {
        this.probability = probability;
    }

    @Override
    public void build(Shape image) {
        width = image.extent(2);
        size = image.size();
    }

    @Override
    public void run(float[] x, float[] y, int from, long key, int row) {
        if (KeyedRandom.uniform(key, row) >= probability) {
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

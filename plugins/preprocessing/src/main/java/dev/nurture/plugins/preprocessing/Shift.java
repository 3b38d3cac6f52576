package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Factory;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Param;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Augmentation: moves an image by up to {@code pixels} in each direction, every distance equally likely; what comes in
 * from outside is 0.
 *
 * <p>The same as a random crop of the padded image: K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image
 * recognition", CVPR 2016, pads CIFAR-10 by four pixels. After {@code zero_mean}, 0 is the mean image.
 */
final class Shift implements ImageTransform {
    private static final Param<Integer> PIXELS =
            Param.integer("pixels").in("[1, inf)").or(4).doc("how far at most, in each direction");

    static final Factory<Preprocessor> FACTORY = new Factory<>(
            Preprocessor.class,
            "shift",
            "Augmentation: moves images by a few pixels at random; what comes in is 0.",
            List.of(PIXELS),
            settings -> new Augmentation("shift", new Shift(settings.get(PIXELS))));

    private final int pixels;
    private int height;
    private int width;
    private int lines;

    private Shift(int pixels) {
        this.pixels = pixels;
    }

    @Override
    public void build(Shape image) {
        height = image.extent(1);
        width = image.extent(2);
        lines = image.channels() * height;
        int most = Math.min(height, width) - 1;
        if (pixels > most) {
            throw new IllegalArgumentException("a shift of " + pixels + " pixels would move an image of " + height + "×"
                    + width + " out of sight; at most " + most + " will do");
        }
    }

    @Override
    public void run(float[] x, float[] y, int from, long key, int row) {
        int right = distance(key, 2L * row);
        int down = distance(key, 2L * row + 1);
        int kept = width - Math.abs(right);
        int source = Math.max(0, -right);
        int target = Math.max(0, right);
        for (int line = 0; line < lines; line++) {
            int start = from + line * width;
            int above = line % height - down;
            if (above < 0 || above >= height) {
                Arrays.fill(y, start, start + width, 0);
                continue;
            }
            Arrays.fill(y, start, start + target, 0);
            System.arraycopy(x, start - down * width + source, y, start + target, kept);
            Arrays.fill(y, start + target + kept, start + width, 0);
        }
    }

    /** Returns a whole number in [−pixels, pixels]. */
    private int distance(long key, long index) {
        return (int) (KeyedRandom.uniform(key, index) * (double) (2 * pixels + 1)) - pixels;
    }
}

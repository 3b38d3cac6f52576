package dev.nurture.plugins.preprocessing;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.util.Arrays;
import java.util.List;

/**
 * Augmentation: moves an image by up to {@code pixels} in each direction, every distance equally likely, anew in every
 * batch; what comes in from outside is 0. Outside training it copies.
 *
 * <p>The same as a random crop of the padded image: K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image
 * recognition", CVPR 2016, pads CIFAR-10 by four pixels. After {@code zero_mean}, 0 is the mean image.
 */
final class Shift implements Preprocessor {
    private static final Param<Integer> PIXELS =
            Param.integer("pixels").in("[1, inf)").or(4).doc("how far at most, in each direction");

    static final Factory<Preprocessor> FACTORY = new Factory<>(
            Preprocessor.class,
            "shift",
            "Augmentation: moves images by a few pixels at random; what comes in is 0.",
            List.of(PIXELS),
            settings -> new Shift(settings.get(PIXELS)));

    private final int pixels;
    private int height;
    private int width;
    private int size;
    private long stream;
    private RowTiles rows;
    private boolean training;
    private long key;

    private Shift(int pixels) {
        this.pixels = pixels;
    }

    @Override
    public boolean augmentation() {
        return true;
    }

    @Override
    public Shape build(Shape input, Variables variables) {
        width = Images.width("shift", input);
        height = input.extent(1);
        size = input.size();
        if (pixels >= Math.min(height, width)) {
            throw new IllegalArgumentException("a shift of " + pixels + " pixels would move an image of " + height + "×"
                    + width + " out of sight; at most " + (Math.min(height, width) - 1) + " will do");
        }
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
        if (!training) {
            System.arraycopy(x, from, y, from, size);
            return;
        }
        int right = distance(2L * row);
        int down = distance(2L * row + 1);
        int kept = width - Math.abs(right);
        int source = Math.max(0, -right);
        int target = Math.max(0, right);
        int lines = size / width;
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
    private int distance(long index) {
        return (int) (KeyedRandom.uniform(key, index) * (double) (2 * pixels + 1)) - pixels;
    }
}

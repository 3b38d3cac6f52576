package dev.nurture.plugins.data;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the binary version of CIFAR-10: records of 3073 bytes, a label and then 1024 red, 1024 green and 1024 blue bytes
 * of 32×32 pixels, row by row (<a href="https://www.cs.toronto.edu/~kriz/cifar.html">format</a>).
 */
final class CifarReader {
    private static final Shape SHAPE = Shape.of(3, 32, 32);
    private static final int PIXELS = SHAPE.size();
    private static final int RECORD = 1 + PIXELS;

    private CifarReader() {}

    /**
     * Reads files, one after the other, into one set.
     *
     * @param classes labels lie in [0, classes)
     * @param classNames a name a class, or empty
     * @return pixels as 0 to 255, shaped (3, 32, 32)
     */
    static Dataset read(List<Path> files, int classes, List<String> classNames) throws IOException {
        List<byte[]> batches = new ArrayList<>();
        long total = 0;
        for (Path file : files) {
            byte[] batch = batch(file, classes);
            batches.add(batch);
            total += batch.length;
            if (!Content.fitsInMemory(total) || total / RECORD > Integer.MAX_VALUE / PIXELS) {
                throw DataFormatException.atByte(
                        file.toString(),
                        0,
                        "with this file there are " + total / RECORD + " images, more than fit in memory ("
                                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB)");
            }
        }
        int rows = (int) (total / RECORD);
        int[] labels = new int[rows];
        float[] x = new float[rows * PIXELS];
        int row = 0;
        for (int b = 0; b < batches.size(); b++) {
            // Let go of each batch as soon as it is copied: at CIFAR-10's size they are 30 MB each.
            byte[] batch = batches.set(b, null);
            for (int record = 0; record < batch.length; record += RECORD) {
                labels[row] = batch[record];
                int from = row * PIXELS;
                for (int i = 0; i < PIXELS; i++) {
                    x[from + i] = batch[record + 1 + i] & 0xFF;
                }
                row++;
            }
        }
        return Dataset.classification(SHAPE, x, labels, classes, classNames);
    }

    private static byte[] batch(Path file, int classes) throws IOException {
        try (Content content = Content.open(file)) {
            byte[] batch = content.rest();
            if (batch.length == 0) {
                throw content.problem(0, "the file is empty; a CIFAR batch holds records of " + RECORD + " bytes");
            }
            if (batch.length % RECORD != 0) {
                throw content.problem(
                        batch.length,
                        "the file ends within image " + (batch.length / RECORD + 1) + ": " + batch.length
                                + " bytes are not a multiple of " + RECORD);
            }
            for (int record = 0; record < batch.length; record += RECORD) {
                int label = batch[record] & 0xFF;
                if (label >= classes) {
                    throw content.problem(
                            record,
                            "image " + (record / RECORD + 1) + " has label " + label + ", but there are " + classes
                                    + " classes, 0 to " + (classes - 1));
                }
            }
            return batch;
        }
    }
}

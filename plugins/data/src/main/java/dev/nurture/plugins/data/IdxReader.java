package dev.nurture.plugins.data;

import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads images and labels in the IDX format of the MNIST database: a big-endian magic number {@code 0x000008dd} with the
 * number of dimensions {@code dd}, the dimensions as big-endian int32, the values as unsigned bytes
 * (<a href="https://yann.lecun.com/exdb/mnist/">format</a>).
 */
final class IdxReader {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int MOST_CLASSES = 256;

    private IdxReader() {}

    /**
     * Reads a pair of files.
     *
     * @param images {@code count × features}, {@code count × rows × columns} or {@code count × channels × rows × columns}
     * @param labels {@code count} classes
     * @param classes labels lie in [0, classes); 0: as many as the largest label says
     * @param classNames a name a class, or empty
     * @return pixels as 0 to 255, shaped (features), (1, rows, columns) or (channels, rows, columns)
     */
    static Dataset read(Path images, Path labels, int classes, List<String> classNames) throws IOException {
        try (Content pixelContent = Content.open(images);
                Content labelContent = Content.open(labels)) {
            int[] extents = dimensions(pixelContent, "images", 2, 4);
            int labelCount = dimensions(labelContent, "labels", 1, 1)[0];
            int count = extents[0];
            if (count != labelCount) {
                throw labelContent.problem(
                        Integer.BYTES, labelCount + " labels do not go with the " + count + " images of " + images);
            }
            byte[] labelBytes = labelContent.rest(labelCount, labelCount + " labels");
            byte[] pixels = pixelContent.rest(size(pixelContent, extents), describe(extents));
            int[] rowLabels = labels(labelContent, labelBytes, classes == 0 ? MOST_CLASSES : classes);
            int width = classes == 0 ? Arrays.stream(rowLabels).max().orElseThrow() + 1 : classes;
            float[] x = new float[pixels.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = pixels[i] & 0xFF;
            }
            return Dataset.classification(shape(extents), x, rowLabels, width, classNames);
        }
    }

    private static int[] dimensions(Content content, String what, int fewest, int most) throws IOException {
        int magic = content.int32("the magic number");
        int rank = magic & 0xFF;
        if (magic >>> 16 != 0 || (magic >> 8 & 0xFF) != UNSIGNED_BYTE || rank < fewest || rank > most) {
            throw content.problem(
                    0,
                    String.format(
                            "the magic number is 0x%08x, but IDX %s of unsigned bytes begin with 0x%08x",
                            magic, what, UNSIGNED_BYTE << 8 | Math.max(fewest, most - 1)));
        }
        int[] extents = new int[rank];
        for (int i = 0; i < rank; i++) {
            extents[i] = content.int32("the dimensions");
            if (extents[i] < 1) {
                throw content.problem(
                        Integer.BYTES * (i + 1L),
                        "dimension " + (i + 1) + " is " + Integer.toUnsignedString(extents[i])
                                + ", but must lie in [1, 2147483647]");
            }
        }
        return extents;
    }

    private static long size(Content content, int[] extents) throws DataFormatException {
        long size = 1;
        for (int extent : extents) {
            if (size > Integer.MAX_VALUE / extent) {
                throw content.problem(
                        Integer.BYTES, describe(extents) + " have more values than one array holds (2147483647)");
            }
            size *= extent;
        }
        return size;
    }

    private static int[] labels(Content content, byte[] bytes, int classes) throws DataFormatException {
        int[] labels = new int[bytes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = bytes[i] & 0xFF;
            if (labels[i] >= classes) {
                throw content.problem(
                        2L * Integer.BYTES + i,
                        "row " + (i + 1) + " has label " + labels[i] + ", but there are " + classes + " classes, 0 to "
                                + (classes - 1));
            }
        }
        return labels;
    }

    private static Shape shape(int[] extents) {
        return switch (extents.length) {
            case 2 -> Shape.of(extents[1]);
            case 3 -> Shape.of(1, extents[1], extents[2]);
            default -> Shape.of(extents[1], extents[2], extents[3]);
        };
    }

    private static String describe(int[] extents) {
        StringBuilder text = new StringBuilder(extents[0] + " images of ");
        for (int i = 1; i < extents.length; i++) {
            text.append(i > 1 ? "×" : "").append(extents[i]);
        }
        return text.toString();
    }
}

package dev.nurture.plugins.data;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The user's own images and labels in the format of the MNIST database. */
final class Idx implements DataSource {
    private static final Param<Path> TRAIN_IMAGES = Param.path("train_images").doc("IDX file of unsigned bytes");
    private static final Param<Path> TRAIN_LABELS = Param.path("train_labels").doc("IDX file, a byte a row");
    private static final Param<Path> TEST_IMAGES =
            Param.path("test_images").optional().doc("IDX file; together with test_labels");
    private static final Param<Path> TEST_LABELS =
            Param.path("test_labels").optional().doc("IDX file; together with test_images");
    private static final Param<Integer> CLASSES =
            Param.integer("classes").in("[2, 256]").optional().doc("default: the largest training label + 1");

    static final Factory<DataSource> FACTORY = new Factory<>(
            DataSource.class,
            "idx",
            "Images and labels in IDX files, the format of MNIST, plain or gzip-compressed; pixels as 0 to 255.",
            List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS, CLASSES),
            Idx::new);

    private final Path trainImages;
    private final Path trainLabels;
    private final Path testImages;
    private final Path testLabels;
    private final int classes;

    private Idx(Settings settings) {
        trainImages = settings.get(TRAIN_IMAGES);
        trainLabels = settings.get(TRAIN_LABELS);
        testImages = settings.get(TEST_IMAGES);
        testLabels = settings.get(TEST_LABELS);
        if ((testImages == null) != (testLabels == null)) {
            throw new IllegalArgumentException("test_images and test_labels go together: give both or neither");
        }
        Integer given = settings.get(CLASSES);
        classes = given == null ? 0 : given;
    }

    @Override
    public Splits load(Context context) throws IOException {
        Dataset train = IdxReader.read(trainImages, trainLabels, classes, List.of());
        if (testImages == null) {
            return new Splits(train, Optional.empty());
        }
        Dataset test = IdxReader.read(testImages, testLabels, train.width(), List.of());
        if (!test.shape().equals(train.shape())) {
            throw DataFormatException.atByte(
                    testImages.toString(),
                    2L * Integer.BYTES,
                    "images are " + test.shape() + ", but those for training are " + train.shape());
        }
        return new Splits(train, Optional.of(test));
    }
}

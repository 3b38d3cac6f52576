package dev.nurture.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.DataSourceContract;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    private static final int COUNT = 9;
    private static final int HEADER = 16;

    @TempDir
    Path folder;

    private Path images;
    private Path labels;

    private static byte[] idx(int magic, int[] extents, int values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * extents.length + values);
        bytes.putInt(magic);
        for (int extent : extents) {
            bytes.putInt(extent);
        }
        for (int i = 0; i < values; i++) {
            bytes.put((byte) (i * 37));
        }
        return bytes.array();
    }

    private static byte[] imageFile() {
        return idx(2051, new int[] {COUNT, 10, 11}, COUNT * 110);
    }

    private static byte[] labelFile() {
        byte[] bytes = idx(2049, new int[] {COUNT}, COUNT);
        for (int i = 0; i < COUNT; i++) {
            bytes[8 + i] = (byte) (i % 4);
        }
        return bytes;
    }

    @BeforeEach
    void healthyFiles() {
        images = Loading.write(folder.resolve("images"), imageFile());
        labels = Loading.write(folder.resolve("labels"), labelFile());
    }

    private DataSource.Splits load() throws IOException {
        return Loading.load(Idx.FACTORY, Map.of("train_images", images, "train_labels", labels));
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::load).isInstanceOf(DataFormatException.class).hasMessage(message);
    }

    @Test
    void readsPlainFiles() throws IOException {
        Dataset train = load().train();
        assertThat(train.shape()).isEqualTo(Shape.of(1, 10, 11));
        assertThat(train.rows()).isEqualTo(COUNT);
        assertThat(train.labels()).containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0);
        assertThat(train.width()).isEqualTo(4);
        for (int i = 0; i < train.x().length; i++) {
            assertThat(train.x()[i]).isEqualTo(i * 37 % 256);
        }
    }

    @Test
    void tellsGzipByItsContentNotItsName() throws IOException {
        float[] plain = load().train().x();
        Loading.write(images, Loading.gzip(imageFile()));
        assertThat(load().train().x()).isEqualTo(plain);
    }

    @Test
    void vectorsAndColourImagesKeepTheirShape() throws IOException {
        Loading.write(images, idx(2050, new int[] {COUNT, 7}, COUNT * 7));
        assertThat(load().train().shape()).isEqualTo(Shape.of(7));
        Loading.write(images, idx(2052, new int[] {COUNT, 3, 4, 5}, COUNT * 60));
        assertThat(load().train().shape()).isEqualTo(Shape.of(3, 4, 5));
    }

    @Test
    void everyTruncationIsRefused() {
        for (boolean compressed : new boolean[] {false, true}) {
            byte[] whole = compressed ? Loading.gzip(imageFile()) : imageFile();
            for (int length = 0; length < whole.length; length++) {
                Loading.write(images, Arrays.copyOf(whole, length));
                assertThatThrownBy(this::load)
                        .as("%s bytes of %s", length, whole.length)
                        .isInstanceOf(DataFormatException.class)
                        .hasMessageStartingWith(images + ": byte ");
            }
        }
        healthyFiles();
        byte[] whole = labelFile();
        for (int length = 0; length < whole.length; length++) {
            Loading.write(labels, Arrays.copyOf(whole, length));
            assertThatThrownBy(this::load)
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageStartingWith(labels + ": byte ");
        }
    }

    @Test
    void trailingBytesAreRefused() {
        byte[] longer = Arrays.copyOf(imageFile(), imageFile().length + 1);
        Loading.write(images, longer);
        assertRefused(images + ": byte 1006: 9 images of 10×11 make a file of 1006 bytes, but it has 1007");
        Loading.write(images, Loading.gzip(longer));
        assertRefused(images + ": byte 1006: the file goes on, but 9 images of 10×11 end here (counted uncompressed)");
        byte[] compressed = Loading.gzip(imageFile());
        Loading.write(images, Arrays.copyOf(compressed, compressed.length + 3));
        assertThatThrownBy(this::load)
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("bytes follow the end of the gzip stream");
    }

    @Test
    void absurdCountsAreRefusedBeforeMemoryIsReserved() {
        byte[] bytes = imageFile();
        ByteBuffer.wrap(bytes).putInt(4, 2_000_000);
        byte[] labelBytes = labelFile();
        ByteBuffer.wrap(labelBytes).putInt(4, 2_000_000);
        Loading.write(images, bytes);
        Loading.write(labels, labelBytes);
        assertRefused(labels + ": byte 17: 2000000 labels make a file of 2000008 bytes, but it has 17");
        Loading.write(labels, Loading.gzip(labelBytes));
        assertThatThrownBy(this::load).hasMessageContaining("2000000 labels are 2000000 bytes, more than a gzip file");
        healthyFiles();
        ByteBuffer.wrap(bytes).putInt(4, COUNT).putInt(8, 65536).putInt(12, 65536);
        Loading.write(images, bytes);
        assertRefused(images + ": byte 4: 9 images of 65536×65536 have more values than one array holds (2147483647)");
        ByteBuffer.wrap(bytes).putInt(8, -1);
        Loading.write(images, bytes);
        assertRefused(images + ": byte 8: dimension 2 is 4294967295, but must lie in [1, 2147483647]");
        ByteBuffer.wrap(bytes).putInt(4, 0);
        Loading.write(images, bytes);
        assertRefused(images + ": byte 4: dimension 1 is 0, but must lie in [1, 2147483647]");
    }

    @Test
    void aCompressedFileThatHoldsLessThanItsHeaderSaysIsRefused() {
        Loading.write(images, Loading.gzip(Arrays.copyOf(imageFile(), 500)));
        assertRefused(
                images + ": byte 500: the file ends, but 9 images of 10×11 go on for 506 bytes (counted uncompressed)");
    }

    @Test
    void aWrongMagicNumberIsRefused() {
        byte[] bytes = imageFile();
        bytes[2] = 0x0D;
        Loading.write(images, bytes);
        assertRefused(images
                + ": byte 0: the magic number is 0x00000d03, but IDX images of unsigned bytes begin with 0x00000803");
        Loading.write(images, labelFile());
        assertRefused(images
                + ": byte 0: the magic number is 0x00000801, but IDX images of unsigned bytes begin with 0x00000803");
        Loading.write(images, imageFile());
        Loading.write(labels, imageFile());
        assertRefused(labels
                + ": byte 0: the magic number is 0x00000803, but IDX labels of unsigned bytes begin with 0x00000801");
    }

    @Test
    void imagesAndLabelsMustGoTogether() {
        Loading.write(labels, idx(2049, new int[] {COUNT - 1}, COUNT - 1));
        assertRefused(labels + ": byte 4: 8 labels do not go with the 9 images of " + images);
    }

    @Test
    void aFlippedBitInAnyByteOfACompressedFileIsFoundOrHarmless() throws IOException {
        byte[] whole = Loading.gzip(imageFile());
        float[] expected = load().train().x();
        int refused = 0;
        for (int bit = 0; bit < 8 * whole.length; bit += 3) {
            byte[] bytes = whole.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Loading.write(images, bytes);
            try {
                // Time stamp and operating system in the gzip header are free; nothing else is.
                assertThat(load().train().x()).as("bit %s", bit).isEqualTo(expected);
                assertThat(bit / 8).isBetween(3, 9);
            } catch (DataFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(8 * (whole.length - 7) / 3);
    }

    @Test
    void testRowsAreReadAgainstTheClassesOfTheTrainingRows() throws IOException {
        Map<String, Object> settings = new HashMap<>(Map.of("train_images", images, "train_labels", labels));
        Path testLabels = Loading.write(folder.resolve("test_labels"), labelFile());
        settings.put("test_images", images);
        settings.put("test_labels", testLabels);
        assertThat(Loading.load(Idx.FACTORY, settings).test().orElseThrow().rows())
                .isEqualTo(COUNT);
        byte[] bytes = labelFile();
        bytes[8 + 5] = 4;
        Loading.write(testLabels, bytes);
        assertThatThrownBy(() -> Loading.load(Idx.FACTORY, settings))
                .isInstanceOf(DataFormatException.class)
                .hasMessage(testLabels + ": byte 13: row 6 has label 4, but there are 4 classes, 0 to 3");
        Path other = Loading.write(folder.resolve("other"), idx(2050, new int[] {COUNT, 5}, COUNT * 5));
        settings.put("test_images", other);
        settings.put("test_labels", labels);
        assertThatThrownBy(() -> Loading.load(Idx.FACTORY, settings))
                .hasMessage(other + ": byte 8: images are 5, but those for training are 1×10×11");
        settings.remove("test_labels");
        assertThatThrownBy(() -> Loading.load(Idx.FACTORY, settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("test_images and test_labels go together: give both or neither");
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Loading.load(Idx.FACTORY, Map.of("train_images", missing, "train_labels", labels)))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("there is no file " + missing);
        assertThatThrownBy(() -> Loading.load(Idx.FACTORY, Map.of("train_images", folder, "train_labels", labels)))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " is not a file");
    }

    @Test
    void joinedGzipMembersAreOneFile() throws IOException {
        // RFC 1952: members joined are one file whose content is joined.
        byte[] whole = imageFile();
        byte[] first = Loading.gzip(Arrays.copyOf(whole, HEADER + 100));
        byte[] second = Loading.gzip(Arrays.copyOfRange(whole, HEADER + 100, whole.length));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        float[] expected = load().train().x();
        Loading.write(images, both);
        assertThat(load().train().x()).isEqualTo(expected);
    }

    @Nested
    class AgainstTheContract extends DataSourceContract {
        @Override
        protected DataSource create() {
            return MapSettings.create(Idx.FACTORY, Map.of("train_images", images, "train_labels", labels));
        }
    }
}

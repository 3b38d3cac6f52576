package dev.nurture.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import dev.nurture.testkit.DataSourceContract;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    /** Returns records whose pixels count upwards from the label. */
    private static byte[] records(int... labels) {
        byte[] bytes = new byte[labels.length * RECORD];
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < RECORD; j++) {
                bytes[i * RECORD + j] = (byte) (labels[i] + j);
            }
        }
        return bytes;
    }

    private DataSource.Splits load() throws IOException {
        return Loading.load(CifarBinary.FACTORY, Map.of("folder", folder));
    }

    @Test
    void theKnownCountsAndMoments() throws Exception {
        Path shared = SharedData.folder("cifar10");
        for (DataSource.RemoteFile file :
                MapSettings.create(Cifar10.FACTORY, Map.of()).files()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(
                    new GZIPInputStream(Files.newInputStream(shared.resolve(file.name() + ".gz"))), digest)) {
                assertThat(Files.copy(in, folder.resolve(file.name()))).isEqualTo(file.bytes());
            }
            assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(file.sha256());
        }
        DataSource.Splits splits = Loading.load(Cifar10.FACTORY, Map.of(), folder);
        Dataset train = splits.train();
        Dataset test = splits.test().orElseThrow();
        int[] even = new int[10];
        Arrays.fill(even, 5000);
        assertThat(Loading.perClass(train)).containsExactly(even);
        Arrays.fill(even, 1000);
        assertThat(Loading.perClass(test)).containsExactly(even);
        assertThat(train.shape()).isEqualTo(Shape.of(3, 32, 32));
        assertThat(train.labels()).startsWith(6, 9, 9, 4, 1);
        assertThat(test.labels()).startsWith(3, 8, 8, 0, 6);
        assertThat(train.classNames())
                .isEqualTo(
                        Files.readAllLines(shared.resolve("batches.meta.txt")).subList(0, 10));
        // The figures by which everyone normalizes CIFAR-10, channel by channel.
        double[][] published = {{0.4914, 0.2470}, {0.4822, 0.2435}, {0.4465, 0.2616}};
        for (int channel = 0; channel < 3; channel++) {
            double[] moments = Loading.moments(train, channel);
            assertThat(moments[0] / 255).isCloseTo(published[channel][0], within(1e-4));
            assertThat(moments[1] / 255).isCloseTo(published[channel][1], within(1e-4));
        }
    }

    @Test
    void missingBatchesAreNamed() {
        assertThatThrownBy(() -> Loading.load(Cifar10.FACTORY, Map.of(), folder))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageStartingWith("data_batch_1.bin, data_batch_2.bin,")
                .hasMessageEndingWith("are missing in " + folder + "; run: nurture data fetch cifar10");
    }

    @Test
    void readsPlainAndCompressedBatchesInTheOrderOfTheirNumbers() throws IOException {
        Loading.write(folder.resolve("data_batch_10.bin"), records(7));
        Loading.write(folder.resolve("data_batch_9.bin.gz"), Loading.gzip(records(2, 3)));
        Loading.write(folder.resolve("data_batch_1.bin"), records(9));
        Loading.write(folder.resolve("test_batch.bin.gz"), Loading.gzip(records(4)));
        Loading.write(folder.resolve("readme.txt"), new byte[5]);
        DataSource.Splits splits = load();
        assertThat(splits.train().labels()).containsExactly(9, 2, 3, 7);
        assertThat(splits.test().orElseThrow().labels()).containsExactly(4);
        // Pixel j of record r is label + 1 + j, modulo 256.
        assertThat(splits.train().x()[3072]).isEqualTo(3);
        assertThat(splits.train().x()[3072 + 1024]).isEqualTo((2 + 1 + 1024) % 256);
        assertThat(splits.train().x()).hasSize(4 * 3072);
        assertThat(splits.train().classNames()).isEmpty();
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        Loading.write(folder.resolve("data_batch_1.bin"), records(1));
        byte[] two = records(1, 2);
        for (int length = 0; length < two.length; length += 7) {
            if (length % RECORD == 0 && length > 0) {
                continue;
            }
            Loading.write(folder.resolve("test_batch.bin"), Arrays.copyOf(two, length));
            assertThatThrownBy(this::load)
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageStartingWith(folder.resolve("test_batch.bin") + ": byte " + length + ": ");
        }
        Files.delete(folder.resolve("test_batch.bin"));
        byte[] compressed = Loading.gzip(two);
        for (int length = 0; length < compressed.length; length++) {
            Loading.write(folder.resolve("test_batch.bin.gz"), Arrays.copyOf(compressed, length));
            assertThatThrownBy(this::load).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void aLabelOutOfRangeIsNamedWithItsImageAndByte() {
        Path file = Loading.write(folder.resolve("data_batch_1.bin"), records(0, 10));
        assertThatThrownBy(this::load)
                .isInstanceOf(DataFormatException.class)
                .hasMessage(file + ": byte 3073: image 2 has label 10, but there are 10 classes, 0 to 9");
    }

    @Test
    void aBatchThatIsThereTwiceIsRefused() {
        Loading.write(folder.resolve("data_batch_1.bin"), records(1));
        Loading.write(folder.resolve("data_batch_1.bin.gz"), Loading.gzip(records(1)));
        assertThatThrownBy(this::load)
                .hasMessage(folder + " holds both data_batch_1.bin and data_batch_1.bin.gz; keep one of them");
    }

    @Test
    void aFolderWithoutBatchesIsNamed() {
        assertThatThrownBy(this::load).isInstanceOf(FileNotFoundException.class).hasMessageContaining("in " + folder);
        folder = folder.resolve("nowhere");
        assertThatThrownBy(this::load).hasMessage("there is no folder " + folder);
    }

    @Test
    void classNamesComeFromTheFolder() throws IOException {
        Loading.write(folder.resolve("data_batch_1.bin"), records(1));
        Files.writeString(folder.resolve("batches.meta.txt"), "cat\ndog\n\n");
        assertThatThrownBy(this::load).hasMessageContaining("2 class names, but there are 10 classes");
        assertThat(Loading.load(CifarBinary.FACTORY, Map.of("folder", folder, "classes", 2))
                        .train()
                        .classNames())
                .containsExactly("cat", "dog");
    }

    @Nested
    class AgainstTheContract extends DataSourceContract {
        @Override
        protected DataSource create() {
            Loading.write(folder.resolve("data_batch_1.bin"), records(3, 0, 9));
            Loading.write(folder.resolve("test_batch.bin"), records(1));
            return MapSettings.create(CifarBinary.FACTORY, Map.of("folder", folder));
        }
    }
}

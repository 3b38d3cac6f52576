package dev.nurture.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Shape;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedIdxTest {
    private static void assertPublished(Factory<DataSource> factory, Path folder) throws Exception {
        for (DataSource.RemoteFile file : MapSettings.create(factory, Map.of()).files()) {
            byte[] content = Files.readAllBytes(folder.resolve(file.name()));
            assertThat(content).hasSize((int) file.bytes());
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
                    .isEqualTo(file.sha256());
        }
    }

    private static void assertMoments(Dataset data, double mean, double deviation) {
        double[] moments = Loading.moments(data, 0);
        assertThat(moments[0] / 255).isCloseTo(mean, within(5e-5));
        assertThat(moments[1] / 255).isCloseTo(deviation, within(5e-5));
    }

    @Test
    void mnistHasTheKnownCountsAndMoments() throws Exception {
        Path folder = SharedData.folder("mnist");
        assertPublished(PublishedIdx.MNIST, folder);
        DataSource.Splits splits = Loading.load(PublishedIdx.MNIST, Map.of(), folder);
        Dataset train = splits.train();
        Dataset test = splits.test().orElseThrow();
        assertThat(train.shape()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(Loading.perClass(train)).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(Loading.perClass(test)).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        assertThat(train.labels()).startsWith(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        // The figures by which everyone normalizes MNIST.
        assertMoments(train, 0.1307, 0.3081);
        assertThat(train.classNames()).hasSize(10);
    }

    @Test
    void fashionMnistHasTheKnownCountsAndMoments() throws Exception {
        Path folder = SharedData.folder("fashion-mnist");
        assertPublished(PublishedIdx.FASHION_MNIST, folder);
        DataSource.Splits splits = Loading.load(PublishedIdx.FASHION_MNIST, Map.of(), folder);
        int[] even = new int[10];
        Arrays.fill(even, 6000);
        assertThat(Loading.perClass(splits.train())).containsExactly(even);
        Arrays.fill(even, 1000);
        assertThat(Loading.perClass(splits.test().orElseThrow())).containsExactly(even);
        assertMoments(splits.train(), 0.2860, 0.3530);
        // The first training image is an ankle boot.
        assertThat(splits.train().classNames().get(splits.train().labels()[0])).isEqualTo("Ankle boot");
    }

    @Test
    void missingFilesAreNamedWithTheCommandThatBringsThem(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), new byte[1]);
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), new byte[1]);
        assertThatThrownBy(() -> Loading.load(PublishedIdx.MNIST, Map.of(), folder))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("train-labels-idx1-ubyte.gz, t10k-labels-idx1-ubyte.gz are missing in " + folder
                        + "; run: nurture data fetch mnist");
    }
}

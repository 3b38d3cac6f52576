package dev.nurture.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.DataSource.RemoteFile;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DataPluginTest {
    private static List<RemoteFile> files(Factory<DataSource> factory) {
        return MapSettings.create(factory, Map.of()).files();
    }

    @Test
    void isFoundAsAServiceAndOffersTheNamesOfTheContract() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(DataPlugin.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(plugin.factories())
                .extracting(Factory::name)
                .containsExactly(
                        "digits",
                        "spiral",
                        "gaussian",
                        "mnist",
                        "fashion_mnist",
                        "cifar10",
                        "idx",
                        "cifar_binary",
                        "csv");
        assertThat(plugin.factories()).allMatch(factory -> factory.type() == DataSource.class);
    }

    @Test
    void publicSetsSayWhereTheirFilesComeFrom() {
        assertThat(files(PublishedIdx.MNIST)).hasSize(4);
        assertThat(files(PublishedIdx.MNIST).get(0).origin())
                .hasToString("https://storage.googleapis.com/cvdf-datasets/mnist/train-images-idx3-ubyte.gz");
        assertThat(files(PublishedIdx.FASHION_MNIST).get(3).origin())
                .hasToString("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/t10k-labels-idx1-ubyte.gz");
        assertThat(files(Cifar10.FACTORY))
                .extracting(RemoteFile::member)
                .startsWith("cifar-10-batches-bin/data_batch_1.bin")
                .endsWith("cifar-10-batches-bin/test_batch.bin");
        assertThat(files(Cifar10.FACTORY)).extracting(RemoteFile::bytes).containsOnly(10_000L * 3073);
        for (Factory<DataSource> factory : List.of(PublishedIdx.MNIST, PublishedIdx.FASHION_MNIST, Cifar10.FACTORY)) {
            assertThat(files(factory)).allSatisfy(file -> {
                assertThat(file.sha256()).matches("[0-9a-f]{64}");
                assertThat(file.licence()).isNotBlank();
            });
            assertThat(files(factory)).extracting(RemoteFile::sha256).doesNotHaveDuplicates();
        }
    }

    @Test
    void setsThatNeedNoFilesNameNone() {
        assertThat(files(Digits.FACTORY)).isEmpty();
        assertThat(files(Spiral.FACTORY)).isEmpty();
    }
}

package dev.nurture.plugins.data;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** CIFAR-10 as published: five training batches and a test batch of 10,000 images of 32×32 in colour. */
final class Cifar10 implements DataSource {
    private static final List<String> CLASS_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final URI ARCHIVE = URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
    private static final long BATCH_BYTES = 30_730_000;

    static final Factory<DataSource> FACTORY = Factory.of(
            DataSource.class,
            "cifar10",
            "50,000 + 10,000 colour photographs of 32×32 in ten classes, pixels as 0 to 255; A. Krizhevsky, \"Learning"
                    + " Multiple Layers of Features from Tiny Images\", University of Toronto, 2009.",
            Cifar10::new);

    private final List<RemoteFile> files = List.of(
            batch("data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
            batch("data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
            batch("data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
            batch("data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
            batch("data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
            batch("test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"));

    private static RemoteFile batch(String name, String sha256) {
        return new RemoteFile(
                name,
                BATCH_BYTES,
                sha256,
                ARCHIVE,
                "cifar-10-batches-bin/" + name,
                "none stated by the authors, who ask for a citation");
    }

    @Override
    public List<RemoteFile> files() {
        return files;
    }

    @Override
    public Splits load(Context context) throws IOException {
        FetchedFiles.require("cifar10", context.folder(), files);
        List<Path> paths = files.stream()
                .map(file -> context.folder().resolve(file.name()))
                .toList();
        int last = paths.size() - 1;
        return new Splits(read(paths.subList(0, last)), Optional.of(read(paths.subList(last, last + 1))));
    }

    private static Dataset read(List<Path> paths) throws IOException {
        return CifarReader.read(paths, CLASS_NAMES.size(), CLASS_NAMES);
    }
}

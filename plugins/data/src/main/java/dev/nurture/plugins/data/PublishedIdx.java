package dev.nurture.plugins.data;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** MNIST and the sets published in its form: 60,000 training and 10,000 test images of 28×28 in four gzip files. */
final class PublishedIdx implements DataSource {
    private static final int CLASSES = 10;

    static final Factory<DataSource> MNIST = Factory.of(
            DataSource.class,
            "mnist",
            "60,000 + 10,000 handwritten digits of 28×28, pixels as 0 to 255; Y. LeCun, L. Bottou, Y. Bengio, P. Haffner,"
                    + " \"Gradient-based learning applied to document recognition\", Proc. IEEE 86(11), 1998.",
            PublishedIdx::mnist);

    static final Factory<DataSource> FASHION_MNIST = Factory.of(
            DataSource.class,
            "fashion_mnist",
            "60,000 + 10,000 pieces of clothing of 28×28, pixels as 0 to 255; H. Xiao, K. Rasul, R. Vollgraf,"
                    + " arXiv:1708.07747.",
            PublishedIdx::fashionMnist);

    private final String name;
    private final List<String> classNames;
    private final RemoteFile trainImages;
    private final RemoteFile trainLabels;
    private final RemoteFile testImages;
    private final RemoteFile testLabels;

    private PublishedIdx(
            String name,
            List<String> classNames,
            RemoteFile trainImages,
            RemoteFile trainLabels,
            RemoteFile testImages,
            RemoteFile testLabels) {
        this.name = name;
        this.classNames = classNames;
        this.trainImages = trainImages;
        this.trainLabels = trainLabels;
        this.testImages = testImages;
        this.testLabels = testLabels;
    }

    private static PublishedIdx mnist() {
        // The mirror that the TensorFlow project keeps; the authors' own page no longer serves the files to everyone.
        Host host = new Host(
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
                "CC BY-SA 3.0 (as widely stated; the original page states none)");
        return new PublishedIdx(
                "mnist",
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                host.file(
                        "train-images-idx3-ubyte.gz",
                        9912422,
                        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                host.file(
                        "train-labels-idx1-ubyte.gz",
                        28881,
                        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                host.file(
                        "t10k-images-idx3-ubyte.gz",
                        1648877,
                        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                host.file(
                        "t10k-labels-idx1-ubyte.gz",
                        4542,
                        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"));
    }

    private static PublishedIdx fashionMnist() {
        Host host = new Host(
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", "MIT, Copyright (c) 2017 Zalando SE");
        return new PublishedIdx(
                "fashion_mnist",
                List.of(
                        "T-shirt/top",
                        "Trouser",
                        "Pullover",
                        "Dress",
                        "Coat",
                        "Sandal",
                        "Shirt",
                        "Sneaker",
                        "Bag",
                        "Ankle boot"),
                host.file(
                        "train-images-idx3-ubyte.gz",
                        26421880,
                        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                host.file(
                        "train-labels-idx1-ubyte.gz",
                        29515,
                        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                host.file(
                        "t10k-images-idx3-ubyte.gz",
                        4422102,
                        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                host.file(
                        "t10k-labels-idx1-ubyte.gz",
                        5148,
                        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"));
    }

    @Override
    public List<RemoteFile> files() {
        return List.of(trainImages, trainLabels, testImages, testLabels);
    }

    @Override
    public Splits load(Context context) throws IOException {
        Path folder = context.folder();
        FetchedFiles.require(name, folder, files());
        return new Splits(read(folder, trainImages, trainLabels), Optional.of(read(folder, testImages, testLabels)));
    }

    private Dataset read(Path folder, RemoteFile images, RemoteFile labels) throws IOException {
        return IdxReader.read(folder.resolve(images.name()), folder.resolve(labels.name()), CLASSES, classNames);
    }

    /** Where the public has the files of a set, and under which licence. */
    private record Host(String address, String licence) {
        RemoteFile file(String name, long bytes, String sha256) {
            return new RemoteFile(name, bytes, sha256, URI.create(address + name), null, licence);
        }
    }
}

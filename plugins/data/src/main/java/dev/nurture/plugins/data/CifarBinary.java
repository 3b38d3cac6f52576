package dev.nurture.plugins.data;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The user's own images in the binary format of CIFAR-10. */
final class CifarBinary implements DataSource {
    private static final Pattern TRAIN = Pattern.compile("data_batch_([0-9]{1,9})\\.bin(\\.gz)?");
    private static final Pattern TEST = Pattern.compile("test_batch(\\.bin)(\\.gz)?");
    private static final String CLASS_NAMES = "batches.meta.txt";

    private static final Param<Path> FOLDER =
            Param.path("folder").doc("holds data_batch_1.bin … and, if there are test images, test_batch.bin");
    private static final Param<Integer> CLASSES =
            Param.integer("classes").in("[2, 128]").or(10).doc("labels lie below it");

    static final Factory<DataSource> FACTORY = new Factory<>(
            DataSource.class,
            "cifar_binary",
            "Colour images of 32×32 in the binary format of CIFAR-10, plain or gzip-compressed (.bin, .bin.gz), pixels as"
                    + " 0 to 255; class names, one a line, from batches.meta.txt where the folder has it.",
            List.of(FOLDER, CLASSES),
            CifarBinary::new);

    private final Path folder;
    private final int classes;

    private CifarBinary(Settings settings) {
        folder = settings.get(FOLDER);
        classes = settings.get(CLASSES);
    }

    @Override
    public Splits load(Context context) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FileNotFoundException("there is no folder " + folder);
        }
        List<Path> train = batches(TRAIN);
        if (train.isEmpty()) {
            throw new FileNotFoundException("there is no data_batch_1.bin, nor any other batch, in " + folder);
        }
        List<Path> test = batches(TEST);
        List<String> classNames = classNames();
        Dataset trainRows = CifarReader.read(train, classes, classNames);
        return new Splits(
                trainRows,
                test.isEmpty() ? Optional.empty() : Optional.of(CifarReader.read(test, classes, classNames)));
    }

    /** Returns the files whose names fit, by number. */
    private List<Path> batches(Pattern pattern) throws IOException {
        Map<String, Path> byNumber = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.sorted().toList()) {
                Matcher matcher = pattern.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    String number = String.format("%9s", matcher.group(1));
                    Path other = byNumber.put(number, file);
                    if (other != null) {
                        throw new IOException(folder + " holds both " + other.getFileName() + " and "
                                + file.getFileName() + "; keep one of them");
                    }
                }
            }
        }
        return List.copyOf(byNumber.values());
    }

    private List<String> classNames() throws IOException {
        Path file = folder.resolve(CLASS_NAMES);
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Content content = Content.open(file)) {
            List<String> names = new String(content.rest(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
            if (names.size() != classes) {
                throw DataFormatException.atLine(
                        content.name(),
                        names.size(),
                        names.size() + " class names, but there are " + classes + " classes");
            }
            return names;
        }
    }
}

package dev.nurture.contracts;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.DataSource.RemoteFile;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What every data source promises. */
final class DataSourceClauses {
    static final Contract<DataSource> CONTRACT = new Contract<>(
            DataSource.class,
            List.of(
                    new Clause<>(
                            "files",
                            "says of each file that it needs what it is called, how long it is, its hash and whence it comes",
                            DataSourceClauses::files),
                    new Clause<>("loads", "loads rows", DataSourceClauses::loads),
                    new Clause<>(
                            "rows",
                            "has finite values, labels in [0, width), and a test set of the same form",
                            DataSourceClauses::rows),
                    new Clause<>("stream", "draws what is random from the given stream", DataSourceClauses::stream),
                    new Clause<>(
                            "repeatable",
                            "loads the same rows from the same stream, again and from every instance",
                            DataSourceClauses::repeatable)));

    private DataSourceClauses() {}

    /** A folder, and a stream that counts what is drawn. */
    private static final class Lent implements DataSource.Context, RandomGenerator {
        private final Path folder;
        private final KeyedRandom random;
        private long draws;

        Lent(Subject<DataSource> subject, String purpose) {
            this.folder = subject.reference(Path.class).orElse(Path.of("no-folder"));
            this.random = subject.random(purpose);
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public RandomGenerator random() {
            return this;
        }

        @Override
        public long nextLong() {
            draws++;
            return random.nextLong();
        }
    }

    private static void files(Subject<DataSource> subject) {
        List<RemoteFile> files = subject.fresh().files();
        if (files == null) {
            throw new Violation("files() gives nothing", "null", "a list");
        }
        Set<String> names = new HashSet<>();
        for (RemoteFile file : files) {
            String name = "" + file.name();
            require(name.matches("[^/\\\\:]+") && !name.matches("\\.+|null"), "a file's name is no plain name", name);
            require(names.add(name), "two files have the same name", name);
            require(file.bytes() > 0, "the length of '" + name + "' is not positive", file.bytes());
            require(
                    ("" + file.sha256()).matches("[0-9a-f]{64}"),
                    "the hash of '" + name + "' is not 64 hex digits in lower case",
                    file.sha256());
            boolean address = file.origin() != null
                    && ("" + file.origin().getScheme()).matches("https?")
                    && file.origin().getHost() != null;
            require(address, "the origin of '" + name + "' is no address with http or https", file.origin());
            require(
                    file.licence() != null && !file.licence().isBlank(),
                    "the licence of '" + name + "' is not said",
                    file.licence());
        }
    }

    private static void require(boolean kept, String sentence, Object measured) {
        if (!kept) {
            throw new Violation(sentence, "'" + measured + "'", "as DataSource.RemoteFile says");
        }
    }

    private static DataSource.Splits load(DataSource source, Lent lent) throws IOException {
        for (RemoteFile file : source.files()) {
            if (!Files.isRegularFile(lent.folder.resolve(file.name()))) {
                throw new NotApplicable("its file " + file.name() + " is not in " + lent.folder);
            }
        }
        try {
            return source.load(lent);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new NotApplicable("it needs a file that is not there: " + e.getMessage());
        }
    }

    private static void loads(Subject<DataSource> subject) throws IOException {
        DataSource.Splits splits = load(subject.fresh(), new Lent(subject, "rows"));
        if (splits == null || splits.train() == null || splits.test() == null) {
            throw new Violation("load gives nothing", splits, "a training set, and an Optional of a test set");
        }
        if (splits.train().rows() == 0) {
            throw new Violation("load gives no rows", 0, "at least one");
        }
    }

    private static void rows(Subject<DataSource> subject) throws IOException {
        DataSource.Splits splits = load(subject.fresh(), new Lent(subject, "rows"));
        Dataset train = splits.train();
        requireRows(train, "the training set");
        if (splits.test().isPresent()) {
            Dataset test = splits.test().get();
            requireRows(test, "the test set");
            requireEqual(test.shape(), train.shape(), "the rows of the test set have another shape");
            requireEqual(test.width(), train.width(), "the test set has another number of targets a row");
            requireEqual(
                    test.classification(), train.classification(), "one set has classes, the other values as targets");
            requireEqual(test.classNames(), train.classNames(), "the classes of the test set have other names");
        }
    }

    private static void requireEqual(Object measured, Object expected, String sentence) {
        if (!measured.equals(expected)) {
            throw new Violation(sentence, measured, expected);
        }
    }

    private static void requireRows(Dataset data, String which) {
        requireFinite(data.x(), data.shape().size(), which, "x");
        if (data.classification()) {
            for (int row = 0; row < data.rows(); row++) {
                int label = data.labels()[row];
                if (label < 0 || label >= data.width()) {
                    throw new Violation(
                            "label of row " + row + " of " + which + " is no class",
                            label,
                            "in [0, " + data.width() + ")");
                }
            }
        } else {
            requireFinite(data.values(), data.width(), which, "values");
        }
        int names = data.classNames().size();
        if (names != 0 && names != data.width()) {
            throw new Violation(which + " does not name each class", names + " names", data.width() + ", or none");
        }
    }

    private static void requireFinite(float[] values, int width, String which, String array) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new Violation(
                        "row " + i / width + " of " + which + " has in " + array + " a value that is not finite",
                        values[i],
                        "finite values");
            }
        }
    }

    private static void stream(Subject<DataSource> subject) throws IOException {
        DataSource source = subject.fresh();
        Lent first = new Lent(subject, "stream");
        Lent second = new Lent(subject, "stream");
        DataSource.Splits rows = load(source, first);
        Optional<String> difference = difference(load(source, second), rows);
        if (first.draws == 0 && second.draws == 0 && difference.isPresent()) {
            throw new Violation(
                    "load draws nothing from context.random(), but loads other rows each time: " + difference.get(),
                    "drawn elsewhere",
                    "drawn from context.random(), or always the same");
        }
    }

    private static void repeatable(Subject<DataSource> subject) throws IOException {
        DataSource source = subject.fresh();
        DataSource.Splits rows = load(source, new Lent(subject, "again"));
        requireSame(load(source, new Lent(subject, "again")), rows, "a second load");
        requireSame(load(subject.fresh(), new Lent(subject, "again")), rows, "a load by a second instance");
    }

    private static void requireSame(DataSource.Splits measured, DataSource.Splits expected, String which) {
        difference(measured, expected).ifPresent(difference -> {
            throw new Violation(which + " from the same stream gives other rows", difference, "the same rows");
        });
    }

    private static Optional<String> difference(DataSource.Splits a, DataSource.Splits b) {
        Optional<String> train = difference(a.train(), b.train(), "training");
        if (train.isPresent() || a.test().isEmpty() && b.test().isEmpty()) {
            return train;
        }
        return a.test().isPresent() && b.test().isPresent()
                ? difference(a.test().get(), b.test().get(), "test")
                : Optional.of("a test set once and none once");
    }

    private static Optional<String> difference(Dataset a, Dataset b, String set) {
        String where = " of the " + set + " set";
        if (a.rows() != b.rows() || !a.shape().equals(b.shape())) {
            return Optional.of(a.rows() + " and " + b.rows() + " rows" + where);
        }
        if (!Arrays.equals(a.x(), b.x())) {
            return Optional.of("x" + where);
        }
        boolean same = Arrays.equals(a.labels(), b.labels()) && Arrays.equals(a.values(), b.values());
        return same ? Optional.empty() : Optional.of("targets" + where);
    }
}

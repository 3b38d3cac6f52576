package dev.nurture.testkit;

import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Shape;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

class DataSourceMutantsTest extends MutationProof<DataSource> {
    DataSourceMutantsTest() {
        super(DataSource.class);
    }

    /** Points on either side of zero. */
    private static class Sides implements DataSource {
        @Override
        public Splits load(Context context) {
            RandomGenerator random = random(context);
            return new Splits(rows(random, 40, 2), Optional.of(rows(random, 10, features())));
        }

        private Dataset rows(RandomGenerator random, int rows, int features) {
            float[] x = new float[rows * features];
            int[] labels = new int[rows];
            for (int i = 0; i < x.length; i++) {
                x[i] = value(random);
                labels[i / features] = label(x[i]);
            }
            return Dataset.classification(Shape.of(features), x, labels, 2, names());
        }

        RandomGenerator random(Context context) {
            return context.random();
        }

        int features() {
            return 2;
        }

        float value(RandomGenerator random) {
            return (float) random.nextGaussian();
        }

        int label(float x) {
            return x < 0 ? 0 : 1;
        }

        List<String> names() {
            return List.of("left", "right");
        }
    }

    @Override
    DataSource sound() {
        return new Sides();
    }

    private static Mutant<DataSource> mutant(String defect, Supplier<DataSource> part, String clause, String words) {
        return new Mutant<>(defect, part, clause, words);
    }

    @Override
    Stream<Mutant<DataSource>> mutants() {
        return Stream.of(
                mutant("a generator of its own", OwnRandom::new, "stream", "draws nothing from context.random()"),
                mutant("mixes in another generator", Mixed::new, "repeatable", "a second load from the same stream"),
                mutant("labels from 1", LabelsFromOne::new, "rows", "label of row"),
                mutant("NaN among the values", NanValue::new, "rows", "a value that is not finite"),
                mutant("another width for the test set", OtherShape::new, "rows", "test set have another shape"),
                mutant("a class without a name", OneName::new, "rows", "does not name each class"),
                mutant("no rows", Empty::new, "loads", "load gives no rows"),
                mutant("a path for a name", () -> new Fetched("../rows.csv", "0".repeat(64)), "files", "no plain name"),
                mutant("hash in capitals", () -> new Fetched("rows.csv", "A".repeat(64)), "files", "64 hex digits"));
    }

    private static final class OwnRandom extends Sides {
        @Override
        RandomGenerator random(Context context) {
            return new Random();
        }
    }

    private static final class Mixed extends Sides {
        @Override
        RandomGenerator random(Context context) {
            return new Random(context.random().nextLong() + System.nanoTime());
        }
    }

    private static final class LabelsFromOne extends Sides {
        @Override
        int label(float x) {
            return super.label(x) + 1;
        }
    }

    private static final class NanValue extends Sides {
        @Override
        float value(RandomGenerator random) {
            return (float) Math.sqrt(random.nextGaussian());
        }
    }

    private static final class OtherShape extends Sides {
        @Override
        int features() {
            return 3;
        }
    }

    private static final class OneName extends Sides {
        @Override
        List<String> names() {
            return List.of("left");
        }
    }

    private static final class Empty extends Sides {
        @Override
        public Splits load(Context context) {
            Dataset none = Dataset.classification(Shape.of(2), new float[0], new int[0], 2, List.of());
            return new Splits(none, Optional.empty());
        }
    }

    private static final class Fetched extends Sides {
        private final RemoteFile file;

        Fetched(String name, String sha256) {
            file = new RemoteFile(name, 10, sha256, URI.create("https://example.org/rows.csv"), null, "CC0");
        }

        @Override
        public List<RemoteFile> files() {
            return List.of(file);
        }
    }
}

package dev.nurture.plugins.data;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.KeyedRandom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

/** What the tests of data sources share: an engine's context, byte files, counts. */
final class Loading {
    static final long SEED = 231;

    private Loading() {}

    static DataSource.Splits load(Factory<DataSource> factory, Map<String, ?> settings) throws IOException {
        return load(factory, settings, Path.of("no-folder"));
    }

    static DataSource.Splits load(Factory<DataSource> factory, Map<String, ?> settings, Path folder)
            throws IOException {
        return MapSettings.create(factory, settings).load(new FixedContext(folder, new KeyedRandom(SEED)));
    }

    static int[] perClass(Dataset data) {
        int[] counts = new int[data.width()];
        for (int label : data.labels()) {
            counts[label]++;
        }
        return counts;
    }

    /** Returns mean and standard deviation of a channel's values. */
    static double[] moments(Dataset data, int channel) {
        int plane = data.shape().plane();
        int size = data.shape().size();
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < data.rows(); row++) {
            for (int i = 0; i < plane; i++) {
                double value = data.x()[row * size + channel * plane + i];
                sum += value;
                squares += value * value;
            }
        }
        double count = (double) data.rows() * plane;
        double mean = sum / count;
        return new double[] {mean, Math.sqrt(squares / count - mean * mean)};
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record FixedContext(Path folder, RandomGenerator random) implements DataSource.Context {}
}

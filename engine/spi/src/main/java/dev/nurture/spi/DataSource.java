package dev.nurture.spi;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where rows come from. The engine shuffles, limits and splits what this loads: any data set has the parameters {@code
 * validation}, {@code test} and {@code limit} beside its own.
 */
public interface DataSource {
    /**
     * Loads everything; the same rows from the same stream.
     *
     * @throws IOException if a file is missing or wrong; the message names file and offset, row or line
     */
    Splits load(Context context) throws IOException;

    /** Returns the files it needs from elsewhere; empty when it needs none. */
    default List<RemoteFile> files() {
        return List.of();
    }

    /** What the engine lends a data source. */
    interface Context {
        /** Returns the folder that holds the fetched files of this data set. */
        Path folder();

        /** Returns the stream for generated data, which depends on the experiment's seed. */
        RandomGenerator random();
    }

    /**
     * What was loaded.
     *
     * @param test the set's own test rows, if it has a split of its own
     */
    record Splits(Dataset train, Optional<Dataset> test) {}

    /**
     * A file that {@code nurture data fetch} brings.
     *
     * @param name in the data set's folder, without a path
     * @param bytes its length
     * @param sha256 of its content, in lower-case hex
     * @param origin where the public has it; of an archive, its address
     * @param member the path within the archive, or null when the origin is the file itself
     * @param licence in a few words
     */
    record RemoteFile(String name, long bytes, String sha256, URI origin, String member, String licence) {}
}

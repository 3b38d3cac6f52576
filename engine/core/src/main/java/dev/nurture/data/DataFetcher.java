package dev.nurture.data;

import dev.nurture.spi.DataSource.RemoteFile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the files of a data set into its folder, from where the public has them or from a place that the user names.
 *
 * <p>A file that is there with the right SHA-256 is left alone; a wrong one is replaced once the right one has been
 * verified beside it. An interrupted download is gone on with by the next fetch. Of two fetches of one data set at the
 * same time the second one fails at once. Usable from any thread.
 */
public final class DataFetcher {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DataHome home;
    private final Duration connectTimeout;
    private final Duration patience;

    @Inject
    public DataFetcher(DataHome home) {
        this(home, CONNECT_TIMEOUT, PATIENCE);
    }

    DataFetcher(DataHome home, Duration connectTimeout, Duration patience) {
        this.home = home;
        this.connectTimeout = connectTimeout;
        this.patience = patience;
    }

    /**
     * A file in its place.
     *
     * @param alreadyThere whether it was so before
     */
    public record Fetched(RemoteFile file, Path path, boolean alreadyThere) {}

    /**
     * Brings those files that are not there yet.
     *
     * @param dataset its name, and that of its folder
     * @param files in the order in which they are brought
     * @param from a folder, or an address with the scheme http, https or file, that holds each file as it is, compressed
     *     with the ending {@code .gz}, or in the archive that has the last name of the file's origin; empty: the origin
     * @return all files, in the order given
     * @throws FetchException if files could not be brought, naming all of them; the others are there
     * @throws IllegalArgumentException if the name of the data set or of a file could lead out of the folder
     */
    public List<Fetched> fetch(String dataset, List<RemoteFile> files, Optional<String> from, FetchProgress progress)
            throws FetchException {
        Path folder = home.folder(dataset);
        for (RemoteFile file : files) {
            if (!file.name().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                throw new IllegalArgumentException("'" + file.name() + "' is not the name of a file");
            }
            Source.of(file, from);
        }
        Disk.createFolder(folder);
        FetchLock lock = FetchLock.take(home.root().resolve("." + dataset + ".lock"), folder);
        try {
            Map<RemoteFile, Placement> wanted = new LinkedHashMap<>();
            for (RemoteFile file : files) {
                Placement placement = new Placement(folder, file);
                if (!placement.verified()) {
                    wanted.put(file, placement);
                }
            }
            Fetch fetch = new Fetch(folder, from, new Download(connectTimeout, patience), progress);
            List<String> problems = fetch.bring(wanted.values());
            if (!problems.isEmpty()) {
                throw FetchException.of(dataset, problems);
            }
            fetch.tidy(files);
            List<Fetched> fetched = new ArrayList<>();
            for (RemoteFile file : files) {
                fetched.add(new Fetched(file, folder.resolve(file.name()), !wanted.containsKey(file)));
            }
            return fetched;
        } finally {
            lock.close();
        }
    }
}

package dev.nurture.data;

import dev.nurture.spi.DataSource.RemoteFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** One fetch of a data set's files into its folder: what is still wanted, and what went wrong. */
final class Fetch {
    /** Deflate lengthens by five bytes in 16 KiB at the worst; a header with a long name comes on top. */
    private static final long GZIP_HEADER = 1 << 16;

    private final Path folder;
    private final Optional<String> from;
    private final Download download;
    private final FetchProgress progress;
    private final Map<String, FetchException> brokenArchives = new HashMap<>();

    Fetch(Path folder, Optional<String> from, Download download, FetchProgress progress) {
        this.folder = folder;
        this.from = from;
        this.download = download;
        this.progress = progress;
    }

    /** Brings these files; returns the problems with those that did not come, each once. */
    List<String> bring(Collection<Placement> wanted) {
        Set<String> problems = new LinkedHashSet<>();
        for (Placement placement : wanted) {
            if (!placement.done()) {
                problems.addAll(bring(placement, wanted));
            }
        }
        return List.copyOf(problems);
    }

    private List<String> bring(Placement placement, Collection<Placement> wanted) {
        List<String> failures = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        try {
            for (Source source : Source.of(placement.file(), from)) {
                try {
                    bring(placement, source, wanted);
                    return List.of();
                } catch (AbsentException e) {
                    absent.add(e.getMessage());
                } catch (IOException e) {
                    failures.add(e instanceof FetchException ? e.getMessage() : source + ": " + Reason.of(e));
                }
            }
        } catch (FetchException e) {
            return List.of(e.getMessage());
        }
        // Places where the file just is not matter only when it is nowhere.
        if (!failures.isEmpty()) {
            return failures;
        }
        return List.of(
                absent.size() == 1
                        ? absent.get(0)
                        : placement.file().name() + " was not found: " + String.join("; ", absent));
    }

    private void bring(Placement placement, Source source, Collection<Placement> wanted) throws IOException {
        switch (source.form()) {
            case PLAIN ->
                use(source, Download.Size.exactly(placement.file().bytes()), file -> {
                    if (source.local()) {
                        try (InputStream in = Files.newInputStream(file)) {
                            placement.store(in, source.toString(), progress);
                        }
                    } else {
                        placement.adopt(file, source.toString());
                    }
                });
            case GZIP ->
                use(source, Download.Size.upTo(longestGzip(placement.file().bytes())), file -> {
                    try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                        placement.store(in, source.toString(), progress);
                    } catch (FetchException e) {
                        throw e;
                    } catch (IOException e) {
                        throw new WrongContentException(source + " is not a whole gzip file: " + Reason.of(e), e);
                    }
                });
            case ARCHIVE -> extract(source, wanted);
        }
    }

    private static long longestGzip(long bytes) {
        return bytes + bytes / 1000 + GZIP_HEADER;
    }

    /** Takes all that is still wanted out of an archive, which is downloaded and read once. */
    private void extract(Source source, Collection<Placement> wanted) throws IOException {
        FetchException before = brokenArchives.get(source.toString());
        if (before != null) {
            throw before;
        }
        Map<String, Placement> members = new LinkedHashMap<>();
        for (Placement placement : wanted) {
            if (!placement.done() && Source.of(placement.file(), from).contains(source)) {
                members.put(placement.file().member(), placement);
            }
        }
        try {
            use(source, Download.Size.upTo(Archive.LONGEST), file -> {
                members.values().removeIf(Placement::done);
                Archive.extract(file, members, source.toString(), progress);
            });
        } catch (FetchException e) {
            brokenArchives.put(source.toString(), e);
            throw e;
        }
    }

    /** Uses a file where it lies, or downloads it first and deletes it afterwards. */
    private void use(Source source, Download.Size size, Use use) throws IOException {
        if (source.local()) {
            if (!Files.isRegularFile(source.path())) {
                throw new AbsentException("there is no " + source);
            }
            use.file(source.path());
            return;
        }
        Path part = folder.resolve(source.name() + ".part");
        boolean resumed = complete(source, part, size);
        try {
            use.file(part);
        } catch (WrongContentException e) {
            Disk.delete(part);
            if (!resumed) {
                throw e;
            }
            // The two pieces may come from different editions of the file, so it gets one whole download.
            complete(source, part, size);
            try {
                use.file(part);
            } catch (WrongContentException again) {
                Disk.delete(part);
                throw again;
            }
        }
        Disk.delete(part);
    }

    private boolean complete(Source source, Path part, Download.Size size) throws FetchException {
        try {
            return download.complete(source.address(), part, size, progress);
        } catch (WrongContentException e) {
            Disk.delete(part);
            throw e;
        }
    }

    /** Deletes the partial files that earlier, interrupted fetches left, once all files are there. */
    void tidy(List<RemoteFile> files) throws FetchException {
        Set<String> names = new HashSet<>();
        for (RemoteFile file : files) {
            names.add(file.name());
            names.add(file.name() + ".gz");
            names.add(Source.origin(file).name());
        }
        for (String name : names) {
            Disk.delete(folder.resolve(name + ".part"));
            Disk.delete(folder.resolve(name + ".tmp"));
        }
    }

    /** What is done with a file that is on this machine. */
    @FunctionalInterface
    private interface Use {
        void file(Path file) throws IOException;
    }
}

package dev.nurture.data;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A gzip-compressed tar archive, out of which members are taken by their exact names and nothing else. Names in the archive
 * are compared, never used as a path; links are not followed.
 */
final class Archive {
    /** The longest archive that is taken, compressed or not: 8 GiB. */
    static final long LONGEST = 1L << 33;

    private Archive() {}

    /**
     * Stores the files whose members the archive has.
     *
     * @param wanted by the name of the member
     * @param source what the archive is called in messages
     * @throws WrongContentException if it is not a whole archive, or members are missing or not the published files
     */
    static void extract(Path archive, Map<String, Placement> wanted, String source, FetchProgress progress)
            throws IOException {
        Map<String, Placement> left = new LinkedHashMap<>(wanted);
        List<String> problems = new ArrayList<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new Bounded(new GZIPInputStream(file)))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && !left.isEmpty()) {
                Placement placement = plain(entry) ? left.remove(entry.getName()) : null;
                if (placement != null) {
                    try {
                        placement.store(tar, source + ": member " + entry.getName(), progress);
                    } catch (WrongContentException e) {
                        problems.add(e.getMessage());
                    }
                }
                entry = tar.getNextEntry();
            }
        } catch (FetchException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new WrongContentException(source + " is not a whole tar.gz archive: " + Reason.of(e), e);
        }
        if (!left.isEmpty()) {
            problems.add(source + " has no member " + String.join(", ", left.keySet()));
        }
        if (!problems.isEmpty()) {
            throw new WrongContentException(String.join("; ", problems));
        }
    }

    private static boolean plain(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !entry.isSparse();
    }

    /** Ends with an error where an archive unpacks to more than anyone publishes. */
    private static final class Bounded extends FilterInputStream {
        private long length;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            int read = super.read(buffer, offset, count);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            count(skipped);
            return skipped;
        }

        private void count(long more) throws IOException {
            length += more;
            if (length > LONGEST) {
                throw new IOException("it unpacks to more than " + LONGEST + " bytes");
            }
        }
    }
}

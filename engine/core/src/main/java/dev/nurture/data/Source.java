package dev.nurture.data;

import dev.nurture.spi.DataSource.RemoteFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A place where a file may be, and in which form.
 *
 * @param folder that holds it, or null if it is on a server
 * @param address on a server, or null if it is in a folder
 * @param name of the file there
 */
record Source(Path folder, URI address, String name, Form form) {
    private static final String GZIP_ENDING = ".gz";

    /** How a place holds a file. */
    enum Form {
        /** As it is published and stored. */
        PLAIN,
        /** Compressed by itself. */
        GZIP,
        /** As a member of a gzip-compressed tar archive. */
        ARCHIVE
    }

    /** Returns where the public has a file. */
    static Source origin(RemoteFile file) {
        return new Source(
                null, file.origin(), lastSegment(file.origin()), file.member() == null ? Form.PLAIN : Form.ARCHIVE);
    }

    /**
     * Returns where a file may be, in the order in which to look.
     *
     * @param from a folder, or an address with the scheme http, https or file; empty: the file's origin
     * @throws FetchException if it is neither
     */
    static List<Source> of(RemoteFile file, Optional<String> from) throws FetchException {
        if (from.isEmpty()) {
            return List.of(origin(file));
        }
        List<Source> sources = new ArrayList<>();
        sources.add(below(from.get(), file.name(), Form.PLAIN));
        if (!file.name().endsWith(GZIP_ENDING)) {
            sources.add(below(from.get(), file.name() + GZIP_ENDING, Form.GZIP));
        }
        if (file.member() != null) {
            sources.add(below(from.get(), lastSegment(file.origin()), Form.ARCHIVE));
        }
        return sources;
    }

    private static Source below(String from, String name, Form form) throws FetchException {
        // A scheme has at least two letters: C:\data is a folder.
        if (!from.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            return inFolder(Path.of(from), name, form);
        }
        try {
            URI base = URI.create(from.endsWith("/") ? from : from + "/");
            String scheme = base.getScheme().toLowerCase(Locale.ROOT);
            if (scheme.equals("file")) {
                return inFolder(Path.of(base), name, form);
            }
            if ((scheme.equals("http") || scheme.equals("https")) && base.getHost() != null) {
                return new Source(null, base.resolve(name), name, form);
            }
        } catch (IllegalArgumentException e) {
            throw new FetchException("'" + from + "' is not an address: " + e.getMessage(), e);
        }
        throw new FetchException(
                "'" + from + "' is neither a folder nor an address of the kind http://…, https://… or file:///…");
    }

    private static Source inFolder(Path folder, String name, Form form) throws FetchException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw new FetchException("there is no folder " + absolute);
        }
        return new Source(absolute, null, name, form);
    }

    private static String lastSegment(URI address) {
        String path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean local() {
        return folder != null;
    }

    Path path() {
        return folder.resolve(name);
    }

    /** Returns path or address. */
    @Override
    public String toString() {
        return local() ? path().toString() : address.toString();
    }
}

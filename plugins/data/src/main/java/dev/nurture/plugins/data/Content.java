package dev.nurture.plugins.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a file holds, plain or gzip-compressed (told by its first two bytes, whatever its name), read from front to back.
 *
 * <p>Memory is reserved only for bytes that are there: of a plain file the length is compared first, of a compressed one
 * the array grows as bytes arrive.
 */
final class Content implements Closeable {
    private static final int FIRST_CHUNK = 1 << 16;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final String name;
    private final InputStream in;
    private final boolean compressed;
    private final long fileLength;
    private long position;

    private Content(String name, InputStream in, boolean compressed, long fileLength) {
        this.name = name;
        this.in = in;
        this.compressed = compressed;
        this.fileLength = fileLength;
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it is missing, not a file, not readable, or a broken gzip header; the message is a sentence
     */
    static Content open(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new FileNotFoundException("there is no file " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        InputStream in;
        try {
            in = new BufferedInputStream(Files.newInputStream(file), FIRST_CHUNK);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " cannot be read: permission denied", e);
        }
        try {
            in.mark(2);
            boolean compressed = in.read() == GzipContent.MAGIC_1 && in.read() == GzipContent.MAGIC_2;
            in.reset();
            String name = file.toString();
            return new Content(name, compressed ? new GzipContent(name, in) : in, compressed, Files.size(file));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Tells whether this many bytes, and a float for each, fit in the memory that the JVM may use. */
    static boolean fitsInMemory(long bytes) {
        return bytes <= Runtime.getRuntime().maxMemory() / (1 + Float.BYTES);
    }

    /** Returns the stream of the content, for readers that need no length. */
    InputStream stream() {
        return in;
    }

    String name() {
        return name;
    }

    /** Reads four bytes, the highest first. */
    int int32(String what) throws IOException {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            int next = in.read();
            if (next < 0) {
                throw problem("the file ends within " + what);
            }
            value = value << 8 | next;
            position++;
        }
        return value;
    }

    /**
     * Returns exactly this many bytes, after which the content ends.
     *
     * @param claim what says so, such as {@code "60000 images of 28×28"}
     */
    byte[] rest(long length, String claim) throws IOException {
        if (!compressed && position + length != fileLength) {
            throw DataFormatException.atByte(
                    name,
                    Math.min(fileLength, position + length),
                    claim + " make a file of " + (position + length) + " bytes, but it has " + fileLength);
        }
        if (compressed && length > fileLength * GzipContent.MAX_RATIO) {
            throw problem(claim + " are " + length + " bytes, more than a gzip file of " + fileLength + " can hold");
        }
        requireMemory(length);
        byte[] bytes = read(compressed ? FIRST_CHUNK : length, length);
        if (bytes.length < length) {
            throw problem("the file ends, but " + claim + " go on for " + (length - bytes.length) + " bytes");
        }
        if (in.read() >= 0) {
            throw problem("the file goes on, but " + claim + " end here");
        }
        return bytes;
    }

    /** Returns all that is left, as far as memory allows. */
    byte[] rest() throws IOException {
        if (!compressed) {
            return rest(fileLength - position, "its contents");
        }
        long most = Math.min(LONGEST_ARRAY, Runtime.getRuntime().maxMemory() / (1 + Float.BYTES));
        byte[] bytes = read(FIRST_CHUNK, most);
        if (in.read() >= 0) {
            requireMemory(bytes.length + 1L);
        }
        return bytes;
    }

    /** Returns the bytes up to the end, or the first {@code most}, in an array that starts at {@code first} and doubles. */
    private byte[] read(long first, long most) throws IOException {
        byte[] bytes = new byte[(int) Math.min(first, most)];
        int filled = 0;
        while (true) {
            int count = in.readNBytes(bytes, filled, bytes.length - filled);
            filled += count;
            position += count;
            if (filled < bytes.length || filled == most) {
                return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(most, 2L * filled));
        }
    }

    private void requireMemory(long bytes) throws DataFormatException {
        if (bytes > LONGEST_ARRAY || !fitsInMemory(bytes)) {
            throw problem("the content is " + bytes + " bytes or more and needs " + (bytes >> 20) * (1 + Float.BYTES)
                    + " MiB of memory, but this JVM may use "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        }
    }

    /** Returns the exception for the byte that would be read next. */
    DataFormatException problem(String sentence) {
        return problem(position, sentence);
    }

    /** Returns the exception for a byte of the content. */
    DataFormatException problem(long offset, String sentence) {
        return DataFormatException.atByte(name, offset, sentence + (compressed ? " (counted uncompressed)" : ""));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package dev.nurture.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The file operations that a run's files are made with, and no others, so that a stand-in can record them and try every
 * state that a crash between two of them could leave. Only what {@link Output#force} and {@link #force} have returned
 * from is sure to survive a loss of power. Any thread.
 */
public interface Storage {
    /** Creates a file for writing; fails if there is one already. */
    Output create(Path file) throws IOException;

    /** Opens an existing file for writing behind its first {@code length} bytes; what follows them is cut off. */
    Output append(Path file, long length) throws IOException;

    /** Opens a file for reading. */
    SeekableByteChannel read(Path file) throws IOException;

    /** Returns all that is in a file. */
    default byte[] bytes(Path file) throws IOException {
        try (InputStream in = Channels.newInputStream(read(file))) {
            return in.readAllBytes();
        }
    }

    /** Returns what a folder holds, sorted by name. */
    List<Path> list(Path folder) throws IOException;

    boolean exists(Path path);

    boolean isFolder(Path path);

    /** Creates one folder; fails if there is something of that name or if its parent is missing. */
    void createFolder(Path folder) throws IOException;

    /** Moves a file within a file system in one step; one at {@code to} is replaced. */
    void move(Path from, Path to) throws IOException;

    /** Deletes a file or an empty folder; fails if it is not there. */
    void delete(Path path) throws IOException;

    /** Makes the names in a folder durable: what was created in it, moved into or out of it, or deleted. */
    void force(Path folder) throws IOException;

    /** A file being written. One thread. */
    interface Output extends Closeable {
        /** Writes all bytes between position and limit. */
        void write(ByteBuffer bytes) throws IOException;

        /** Makes what was written durable. Once it has failed it fails for good: what is on disk is then unknown. */
        void force() throws IOException;
    }
}

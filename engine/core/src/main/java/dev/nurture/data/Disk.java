package dev.nurture.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writing, with failures as sentences that cannot be taken for a failure to read. */
final class Disk {
    private Disk() {}

    /** Makes a folder, and those above it. */
    static void createFolder(Path folder) throws FetchException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FetchException("the folder " + folder + " cannot be made: " + Reason.of(e), e);
        }
    }

    /** Returns nothing if so many bytes more fit on the disk, as far as it tells. */
    static void requireSpace(Path folder, long bytes) throws FetchException {
        long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return;
        }
        if (bytes > free) {
            throw new FetchException("the disk of " + folder + " has " + (free >> 20) + " MiB free, but "
                    + (bytes >> 20) + " MiB are needed");
        }
    }

    /** Opens a file for writing, emptied. */
    static FileChannel create(Path file) throws FetchException {
        return append(file, 0);
    }

    /** Opens a file for writing after its first bytes, which are kept. */
    static FileChannel append(Path file, long kept) throws FetchException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(kept);
            channel.position(kept);
            return channel;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    static void write(FileChannel channel, ByteBuffer bytes, Path file) throws FetchException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Sees to it that what was written survives a loss of power. */
    static void force(FileChannel channel, Path file) throws FetchException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    static void delete(Path file) throws FetchException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new FetchException(file + " cannot be deleted: " + Reason.of(e), e);
        }
    }

    private static FetchException unwritable(Path file, IOException e) {
        return new FetchException(file + " cannot be written: " + Reason.of(e), e);
    }
}

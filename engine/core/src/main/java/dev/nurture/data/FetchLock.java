package dev.nurture.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write into a data set's folder, held by one fetch on the machine at a time. The operating system takes it
 * back when the process ends, however it ends; the empty lock file stays.
 */
final class FetchLock implements Closeable {
    /**
     * Held in this process. A lock of the operating system belongs to the process and is lost when any of its channels on
     * that file closes, so the file is opened by its one owner alone.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FetchLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock at once or not at all.
     *
     * @param file to lock, in a folder that exists
     * @param folder that the lock protects, for the message
     */
    static FetchLock take(Path file, Path folder) throws FetchException {
        if (!HELD.add(file)) {
            throw busy(folder);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw busy(folder);
            }
            return new FetchLock(file, channel);
        } catch (OverlappingFileLockException e) {
            release(file, channel);
            throw busy(folder);
        } catch (FetchException e) {
            release(file, channel);
            throw e;
        } catch (IOException e) {
            release(file, channel);
            throw new FetchException("the lock " + file + " cannot be taken: " + Reason.of(e), e);
        }
    }

    private static FetchException busy(Path folder) {
        return new FetchException("another fetch is at work in " + folder + "; try again when it has ended");
    }

    private static void release(Path file, FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written through it, and the lock goes with the process at the latest.
        } finally {
            HELD.remove(file);
        }
    }

    @Override
    public void close() {
        release(file, channel);
    }
}

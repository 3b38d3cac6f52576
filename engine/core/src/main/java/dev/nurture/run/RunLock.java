package dev.nurture.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The lock of a run directory: an operating-system lock on {@code .lock}, which ends with the process however it ends,
 * and which holds the owner's process number for those who are refused.
 *
 * <p>On POSIX systems a process loses its lock on a file when it closes <em>any</em> channel on that file. So within a
 * process the folders held are looked up here first, and a file that is locked by this process is never opened again.
 */
final class RunLock implements Closeable {
    static final String NAME = ".lock";

    /** By real path. It also keeps the channels reachable: a collected channel is closed, and its lock gone. */
    private static final Map<Path, RunLock> HELD = new ConcurrentHashMap<>();

    /** Channels on files that another class loader's copy of this class has locked: to close one would free it. */
    private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

    private final Path folder;
    private FileChannel channel;

    private RunLock(Path folder) {
        this.folder = folder;
    }

    /**
     * Locks a folder.
     *
     * @throws RunInUseException if it is locked, by whomever
     */
    static RunLock acquire(Path folder) throws IOException {
        Path real = folder.toRealPath();
        RunLock lock = new RunLock(real);
        if (HELD.putIfAbsent(real, lock) != null) {
            throw new RunInUseException(folder, "this process");
        }
        try {
            lock.open(folder);
            return lock;
        } catch (IOException | RuntimeException | Error e) {
            HELD.remove(real, lock);
            throw e;
        }
    }

    private void open(Path named) throws IOException {
        Path file = folder.resolve(NAME);
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (opened.tryLock() == null) {
                throw new RunInUseException(named, owner(opened));
            }
            if (!Files.exists(file)) {
                // Its owner was just taking the folder back after a failure; what is locked has no name any more.
                throw new RunInUseException(named, "a process that is ending");
            }
            opened.truncate(0);
            opened.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        } catch (OverlappingFileLockException e) {
            NEVER_CLOSED.add(opened);
            throw new RunInUseException(named, "this process");
        } catch (IOException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
        channel = opened;
    }

    private static String owner(FileChannel channel) {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        try {
            channel.read(bytes, 0);
        } catch (IOException e) {
            // Some systems let nobody read what is locked.
            bytes.clear();
        }
        String pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
        return pid.matches("[0-9]+") ? "process " + pid : "another process";
    }

    /** Frees the folder; the file stays, so that nobody can hold a lock on one that has lost its name. */
    @Override
    public void close() throws IOException {
        if (HELD.remove(folder, this)) {
            channel.close();
        }
    }
}

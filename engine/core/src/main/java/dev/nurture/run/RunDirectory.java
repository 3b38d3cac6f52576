package dev.nurture.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A run's folder, held by this process alone until it is closed or the process ends. Nobody in this process may open
 * {@code .lock} in it: closing it again would free the lock.
 *
 * @see RunDirectories
 */
public final class RunDirectory implements Closeable {
    private final Storage storage;
    private final RunFiles files;
    private final RunLock lock;

    RunDirectory(Storage storage, RunFiles files, RunLock lock) {
        this.storage = storage;
        this.files = files;
        this.lock = lock;
    }

    /** Returns where everything lies. */
    public RunFiles files() {
        return files;
    }

    /** Returns what the run's files are written with. */
    public Storage storage() {
        return storage;
    }

    /** Deletes the logs, for a run that begins again. */
    public void deleteLogs() throws IOException {
        for (Path log : List.of(files.metrics(), files.timings(), files.history())) {
            if (storage.exists(log)) {
                storage.delete(log);
            }
        }
        storage.force(files.folder());
    }

    /** Lets others have it. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}

package dev.nurture.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes run directories and opens those there are. Any thread. */
public final class RunDirectories {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    /** Enough for runs that are started in the same second under one name. */
    private static final int ATTEMPTS = 32;

    private final Storage storage;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    public RunDirectories(Storage storage) {
        this(storage, Clock.systemDefaultZone(), new SplittableRandom());
    }

    /** Takes the time and the random digits of a folder's name from elsewhere; neither reaches the run's results. */
    RunDirectories(Storage storage, Clock clock, RandomGenerator random) {
        this.storage = storage;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes {@code <name>-<yyyyMMdd-HHmmss>-<4 hex digits>} below a folder, and that folder too where it is missing.
     *
     * @param name the experiment's, as in a definition
     * @throws RunDirectoryException if it cannot be made; nothing is left of the attempt
     */
    public RunDirectory create(Path runs, String name) throws IOException {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("'" + name + "' is not the name of an experiment");
        }
        String stem = name + "-" + STAMP.format(LocalDateTime.now(clock)) + "-";
        Path folder = runs;
        for (int i = 0; i < ATTEMPTS; i++) {
            folder = runs.resolve(stem + String.format(Locale.ROOT, "%04x", random.nextInt(1 << 16)));
            if (!storage.exists(folder)) {
                try {
                    return make(folder, true);
                } catch (FileAlreadyExistsException e) {
                    // Another process came first; with other digits there is room for both.
                } catch (IOException e) {
                    throw forUser(folder, e);
                }
            }
        }
        throw new RunDirectoryException(folder, "cannot be used: " + ATTEMPTS + " names like it are taken");
    }

    /**
     * Makes a run directory of this very folder, which is missing or empty.
     *
     * @throws RunDirectoryException if it holds something or cannot be made; nothing is left of the attempt
     * @throws RunInUseException if another process is doing the same
     */
    public RunDirectory createAt(Path folder) throws IOException {
        if (storage.exists(folder) && !storage.isFolder(folder)) {
            throw new RunDirectoryException(folder, "is a file, not a folder");
        }
        try {
            return make(folder, false);
        } catch (IOException e) {
            throw forUser(folder, e);
        }
    }

    /**
     * Opens the directory of an earlier run, and deletes temporary files that a crash left in it.
     *
     * @throws RunDirectoryException if it is none
     * @throws RunInUseException if somebody works in it
     */
    public RunDirectory open(Path folder) throws IOException {
        RunFiles files = new RunFiles(folder);
        if (!storage.isFolder(folder)) {
            throw new RunDirectoryException(folder, "is not a folder");
        }
        // A run that was killed as it began may have come no further than its definition.
        if (!storage.exists(files.record()) && !storage.exists(files.experiment())) {
            throw new RunDirectoryException(
                    folder, "is none: it has no " + files.record().getFileName());
        }
        try {
            RunLock lock = RunLock.acquire(folder);
            try {
                AtomicFile.deleteLeftovers(storage, folder);
                return new RunDirectory(storage, files, lock);
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw forUser(folder, e);
        }
    }

    private RunDirectory make(Path folder, boolean mustBeNew) throws IOException {
        Deque<Path> made = new ArrayDeque<>();
        try {
            makeFolders(folder, mustBeNew, made);
            // A folder with a lock is a run's, perhaps one under way, which is the reason to give; others get none.
            if (!storage.exists(new RunFiles(folder).lock())) {
                refuseOccupied(folder);
            }
            return held(folder, made);
        } catch (IOException | RuntimeException | Error e) {
            takeBack(made, e);
            throw e;
        }
    }

    /** Makes what is missing of a path, outermost first; {@code made} gets it, innermost first. */
    private void makeFolders(Path folder, boolean mustBeNew, Deque<Path> made) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path path = folder.toAbsolutePath();
        while (path != null && !storage.exists(path)) {
            missing.push(path);
            path = path.getParent();
        }
        if (path != null && !storage.isFolder(path)) {
            throw new RunDirectoryException(folder, "cannot be used: " + path + " is not a folder");
        }
        for (Path next : missing) {
            try {
                storage.createFolder(next);
                made.push(next);
                storage.force(next.getParent());
            } catch (FileAlreadyExistsException e) {
                // Made by another process since; that is well for a parent.
                if (mustBeNew && next.equals(missing.getLast())) {
                    throw e;
                }
            }
        }
    }

    private RunDirectory held(Path folder, Deque<Path> made) throws IOException {
        RunFiles files = new RunFiles(folder);
        boolean lockIsNew = !storage.exists(files.lock());
        RunLock lock = RunLock.acquire(folder);
        try {
            // Again: whoever held the lock a moment ago may have finished a run here.
            refuseOccupied(folder);
            return new RunDirectory(storage, files, lock);
        } catch (IOException | RuntimeException | Error e) {
            if (lockIsNew && !made.isEmpty()) {
                storage.delete(files.lock());
            }
            lock.close();
            throw e;
        }
    }

    private static IOException forUser(Path folder, IOException e) {
        boolean said = e instanceof RunDirectoryException || e instanceof RunInUseException;
        return said ? e : new RunDirectoryException(folder, "cannot be used: " + Reason.of(e), e);
    }

    private void refuseOccupied(Path folder) throws IOException {
        List<String> held = storage.list(folder).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.equals(RunLock.NAME))
                .toList();
        if (!held.isEmpty()) {
            String more = held.size() > 1 ? " and " + (held.size() - 1) + " more" : "";
            throw new RunDirectoryException(folder, "is not empty: it holds " + held.get(0) + more);
        }
    }

    private void takeBack(Deque<Path> made, Throwable cause) {
        for (Path path : made) {
            try {
                storage.delete(path);
            } catch (IOException e) {
                // Another process may have begun to use it.
                cause.addSuppressed(e);
            }
        }
    }
}

package dev.nurture.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The checkpoints of a run, for the one process that owns the run. A checkpoint that {@link #save} has returned from
 * survives a kill and a loss of power; until then the ones before it are untouched. One thread.
 */
public final class CheckpointStore {
    private final Storage storage;
    private final CheckpointFolder folder;
    private final int keep;

    private CheckpointStore(Storage storage, CheckpointFolder folder, int keep) {
        this.storage = storage;
        this.folder = folder;
        this.keep = keep;
    }

    /**
     * Opens the checkpoints of a run directory; makes the folder if there is none, and deletes what a crash left.
     *
     * @param keep how many of the latest checkpoints stay, at least 1
     */
    public static CheckpointStore open(RunDirectory run, int keep) throws IOException {
        Path path = run.files().checkpoints();
        ensureFolder(run.storage(), path);
        AtomicFile.deleteLeftovers(run.storage(), path);
        return new CheckpointStore(run.storage(), new CheckpointFolder(run.storage(), path), keep);
    }

    /**
     * Writes a checkpoint, and when it is durable deletes those that need not stay: all but the latest and
     * the best.
     *
     * @param best the step of the best checkpoint so far, which may be this one
     * @return its file
     * @throws IOException naming the file and the reason; the checkpoints before it are as they were
     * @throws IllegalArgumentException if the header would exceed 1 MiB
     */
    public Path save(Checkpoint checkpoint, long best) throws IOException {
        Path file = folder.file(checkpoint.step());
        AtomicFile.write(storage, file, output -> CheckpointFormat.write(checkpoint, output));
        prune(checkpoint.step(), best);
        return file;
    }

    private void prune(long saved, long best) throws IOException {
        List<Long> steps = folder.steps();
        for (long step : steps.subList(0, Math.max(0, steps.size() - keep))) {
            if (step != best && step != saved) {
                storage.delete(folder.file(step));
            }
        }
    }

    /** Reads the valid checkpoint of the highest step; invalid ones above it are moved to {@code quarantine/}. */
    public CheckpointFolder.Latest latest() throws IOException {
        CheckpointFolder.Latest latest = folder.latest();
        for (CheckpointException rejected : latest.rejected()) {
            setAside(rejected.file());
        }
        return latest;
    }

    /** Reads the checkpoint of a step. */
    public Checkpoint load(long step) throws IOException {
        return folder.load(step);
    }

    private void setAside(Path file) throws IOException {
        Path quarantine = folder.folder().resolve("quarantine");
        ensureFolder(storage, quarantine);
        Path target = quarantine.resolve(file.getFileName());
        for (int i = 2; storage.exists(target); i++) {
            target = quarantine.resolve(file.getFileName() + "." + i);
        }
        storage.move(file, target);
        storage.force(quarantine);
        storage.force(folder.folder());
    }

    private static void ensureFolder(Storage storage, Path folder) throws IOException {
        if (!storage.isFolder(folder)) {
            storage.createFolder(folder);
            storage.force(folder.toAbsolutePath().getParent());
        }
    }
}

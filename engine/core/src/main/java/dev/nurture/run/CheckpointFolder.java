package dev.nurture.run;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checkpoints of a run, to read; changes nothing, so that it may look at a run in progress. */
public final class CheckpointFolder {
    private static final Pattern NAME = Pattern.compile("step-(0|[1-9][0-9]{0,17})\\.safetensors");

    private final Storage storage;
    private final Path folder;

    public CheckpointFolder(Storage storage, Path folder) {
        this.storage = storage;
        this.folder = folder;
    }

    /**
     * The highest valid step, and what was found invalid above it.
     *
     * @param rejected highest step first
     */
    public record Latest(Optional<Checkpoint> checkpoint, List<CheckpointException> rejected) {
        public Latest {
            rejected = List.copyOf(rejected);
        }
    }

    Path folder() {
        return folder;
    }

    /** Returns the file of a step, whether or not it is there. */
    public Path file(long step) {
        return folder.resolve("step-" + step + ".safetensors");
    }

    /** Returns the steps that have a file, valid or not, ascending; none where the folder is missing. */
    public List<Long> steps() throws IOException {
        if (!storage.isFolder(folder)) {
            return List.of();
        }
        List<Long> steps = new ArrayList<>();
        for (Path path : storage.list(folder)) {
            Matcher name = NAME.matcher(path.getFileName().toString());
            if (name.matches() && !storage.isFolder(path)) {
                steps.add(Long.parseLong(name.group(1)));
            }
        }
        steps.sort(null);
        return steps;
    }

    /**
     * Reads the checkpoint of a step.
     *
     * @throws CheckpointException if it is missing, invalid, or of another step
     */
    public Checkpoint load(long step) throws IOException {
        Path file = file(step);
        try (SeekableByteChannel channel = storage.read(file)) {
            Checkpoint checkpoint = CheckpointFormat.read(channel, file);
            if (checkpoint.step() != step) {
                throw new CheckpointException(file, "its content is of step " + checkpoint.step());
            }
            return checkpoint;
        } catch (NoSuchFileException e) {
            throw new CheckpointException(file, "it does not exist", e);
        }
    }

    /**
     * Reads the valid checkpoint of the highest step.
     *
     * @throws IOException if a file cannot be read at all; that says nothing about its content, so none older is taken
     */
    public Latest latest() throws IOException {
        List<Long> steps = steps();
        List<CheckpointException> rejected = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            try {
                return new Latest(Optional.of(load(steps.get(i))), rejected);
            } catch (CheckpointException e) {
                rejected.add(e);
            }
        }
        return new Latest(Optional.empty(), rejected);
    }
}

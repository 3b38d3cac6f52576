package dev.nurture.run;

import java.io.IOException;
import java.nio.file.Path;

/** A checkpoint file is not what it should be. The message names the file and what is wrong with it. */
public final class CheckpointException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final String problem;

    CheckpointException(Path file, String problem) {
        this(file, problem, null);
    }

    CheckpointException(Path file, String problem, Throwable cause) {
        super(file + " is not a valid checkpoint: " + problem, cause);
        this.file = file;
        this.problem = problem;
    }

    public Path file() {
        return file;
    }

    /** Returns what is wrong with it, without the name of the file. */
    public String problem() {
        return problem;
    }
}

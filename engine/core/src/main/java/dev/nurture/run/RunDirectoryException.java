package dev.nurture.run;

import java.io.IOException;
import java.nio.file.Path;

/** A run directory cannot be made, or a folder is none. The message is for the user. */
public final class RunDirectoryException extends IOException {
    private static final long serialVersionUID = 1;

    RunDirectoryException(Path folder, String problem) {
        this(folder, problem, null);
    }

    /** Says that a file in it makes no sense. */
    public static RunDirectoryException notUnderstood(Path folder, Path file, Throwable cause) {
        return new RunDirectoryException(
                folder, "has a " + file.getFileName() + " that cannot be understood: " + cause.getMessage(), cause);
    }

    RunDirectoryException(Path folder, String problem, Throwable cause) {
        super("run directory " + folder + " " + problem, cause);
    }
}

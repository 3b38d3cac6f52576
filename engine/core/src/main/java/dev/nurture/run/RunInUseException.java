package dev.nurture.run;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another part of this one, works in the run directory. */
public final class RunInUseException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Says who has it.
     *
     * @param owner such as {@code process 4711}
     */
    RunInUseException(Path folder, String owner) {
        super("run directory " + folder + " is in use by " + owner);
    }
}

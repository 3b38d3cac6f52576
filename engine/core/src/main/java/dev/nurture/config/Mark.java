package dev.nurture.config;

import java.nio.file.Path;

/**
 * Where something was written.
 *
 * @param source the file as the user gave it, or {@link #COMMAND_LINE}
 * @param line from 1; 0 where there are no lines
 */
public record Mark(String source, int line) {
    /** The source of what was given as {@code key=value}. */
    public static final String COMMAND_LINE = "command line";

    static final Mark ON_COMMAND_LINE = new Mark(COMMAND_LINE, 0);

    /** Returns the folder, absolute, that relative paths written here start from. */
    Path folder() {
        Path here = Path.of("").toAbsolutePath();
        if (source.equals(COMMAND_LINE)) {
            return here;
        }
        return here.resolve(source).normalize().getParent();
    }

    /** Returns the place {@code lines} further down. */
    Mark down(int lines) {
        return line == 0 ? this : new Mark(source, line + lines);
    }
}

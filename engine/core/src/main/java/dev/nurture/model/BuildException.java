package dev.nurture.model;

/** Says which part of a definition could not be built for the shape or the rows that it was to work on, and why. */
public final class BuildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * Describes the problem.
     *
     * @param path of the part in the definition, such as {@code model[2]}
     */
    public BuildException(String path, String message) {
        super(message);
        this.path = path;
    }

    public String path() {
        return path;
    }
}

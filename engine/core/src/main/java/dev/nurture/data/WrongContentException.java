package dev.nurture.data;

/** A file is there, but it is not the one that was published. */
final class WrongContentException extends FetchException {
    private static final long serialVersionUID = 1;

    WrongContentException(String problem) {
        super(problem);
    }

    WrongContentException(String problem, Throwable cause) {
        super(problem, cause);
    }
}

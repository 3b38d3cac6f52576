package dev.nurture.data;

/** A file is not where it was looked for; it may be elsewhere. */
final class AbsentException extends FetchException {
    private static final long serialVersionUID = 1;

    AbsentException(String problem) {
        super(problem);
    }
}

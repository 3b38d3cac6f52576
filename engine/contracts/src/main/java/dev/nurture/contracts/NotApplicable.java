package dev.nurture.contracts;

/** Ends a clause that cannot be held against a part, with the reason: that is neither kept nor broken. */
public final class NotApplicable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotApplicable(String reason) {
        super(reason, null, false, false);
    }
}

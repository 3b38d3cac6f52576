package dev.nurture.train;

/** Says why the data of an experiment cannot be used; the message is for the user. */
public final class DataException extends Exception {
    private static final long serialVersionUID = 1L;

    DataException(String message, Throwable cause) {
        super(message, cause);
    }
}

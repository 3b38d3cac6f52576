package dev.nurture.data;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why input or output failed, where the exception itself says it by its class or not at all. */
final class Reason {
    private Reason() {}

    static String of(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return "a file is in its place";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        if (failure instanceof UnresolvedAddressException) {
            return "its name is not known";
        }
        if (failure instanceof ClosedChannelException) {
            // What the HTTP client reports for a port that nobody listens on.
            return "the connection was refused";
        }
        if (failure.getMessage() != null) {
            return failure.getMessage();
        }
        return failure.getCause() != null
                ? of(failure.getCause())
                : failure.getClass().getSimpleName();
    }
}

package dev.nurture.plugin;

/** Says that a lock cannot be read, so that nothing may load: which file, which line, and why. */
public final class PluginLockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginLockException(String message, Throwable cause) {
        super(message, cause);
    }
}

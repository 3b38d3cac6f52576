package dev.nurture.plugin;

import java.nio.file.Path;

/** Says in one sentence, for the user, which jar cannot be used, why, and what to do. */
final class UnusablePluginException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the sentence.
     *
     * @param reason the cause, then what to do about it
     */
    UnusablePluginException(Path jar, String reason, Throwable cause) {
        super(jar + ": " + reason, cause);
    }

    UnusablePluginException(Path jar, String reason) {
        this(jar, reason, null);
    }
}

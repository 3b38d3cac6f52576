package dev.nurture.cli;

import dev.nurture.plugin.PluginException;
import java.io.IOException;

/**
 * What a user is told of something that went wrong in mid-work, and the exit status that goes with it.
 *
 * @param unforeseen whether the message alone may not be enough to understand it
 */
record Failure(int exit, String message, boolean unforeseen) {
    static Failure of(Throwable thrown) {
        if (thrown instanceof CommandFailure failure) {
            return new Failure(failure.exit(), failure.getMessage(), false);
        }
        if (thrown instanceof OutOfMemoryError) {
            return new Failure(
                    ExitCode.UNEXPECTED,
                    "out of memory: " + thrown.getMessage() + "; give the JVM more by NURTURE_JAVA_OPTIONS=-Xmx8g",
                    false);
        }
        if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
            return new Failure(ExitCode.UNEXPECTED, described(thrown), true);
        }
        RuntimeException named;
        try {
            named = PluginException.in("the command", thrown);
        } catch (Error e) {
            return new Failure(ExitCode.UNEXPECTED, described(thrown), true);
        }
        if (named instanceof PluginException) {
            return new Failure(
                    ExitCode.AT_FAULT, (thrown instanceof PluginException ? thrown : named).getMessage(), true);
        }
        // The messages of files name the file and say what is wrong with it; those of programming mistakes do not.
        boolean saysAll = thrown instanceof IOException && thrown.getMessage() != null;
        return new Failure(ExitCode.UNEXPECTED, saysAll ? thrown.getMessage() : described(thrown), !saysAll);
    }

    private static String described(Throwable thrown) {
        String kind = thrown.getClass().getSimpleName();
        return thrown.getMessage() == null ? kind : kind + ": " + thrown.getMessage();
    }
}

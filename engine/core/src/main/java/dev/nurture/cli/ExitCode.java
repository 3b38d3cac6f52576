package dev.nurture.cli;

/** The exit statuses that scripts rely on. */
final class ExitCode {
    static final int DONE = 0;
    static final int UNEXPECTED = 1;
    /** Usage, definition, data or plugin at fault. */
    static final int AT_FAULT = 2;
    /** The check-up failed, and nothing was trained. */
    static final int CHECK_FAILED = 3;
    /** Training was stopped by a monitor. */
    static final int STOPPED = 4;
    /** An expectation was not met. */
    static final int NOT_AS_EXPECTED = 5;
    /** The run directory is in use. */
    static final int IN_USE = 75;
    /** Interrupted by SIGINT, after a checkpoint. */
    static final int INTERRUPTED = 130;
    /** Ended by SIGTERM, after a checkpoint. */
    static final int TERMINATED = 143;

    private ExitCode() {}
}

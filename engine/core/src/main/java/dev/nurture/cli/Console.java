package dev.nurture.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where results and messages go: results to standard output, everything else to standard error. A status line at the
 * bottom of a terminal gives way to every other line. Any thread.
 */
final class Console {
    private static final String CLEAR = "\r\u001b[2K";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean live;
    private final boolean colour;
    private String status = "";

    /**
     * Wraps the two streams.
     *
     * @param live whether standard error is a terminal on which a line can be written over
     * @param colour whether the terminal may be sent colours
     */
    Console(PrintStream out, PrintStream err, boolean live, boolean colour) {
        this.out = out;
        this.err = err;
        this.live = live;
        this.colour = colour;
    }

    /** Prints a line of the result. */
    synchronized void result(String line) {
        hideStatus();
        out.println(line);
        out.flush();
        showStatus();
    }

    /** Prints a line of the result behind a label, empty for one that goes on. */
    void result(String label, String text) {
        result(String.format(Locale.ROOT, "%-14s%s", label, text));
    }

    /** Prints a line that is not part of the result. */
    synchronized void message(String line) {
        hideStatus();
        err.println(line);
        err.flush();
        showStatus();
    }

    /** Prints a line that nobody can miss. */
    void warning(String line) {
        message(paint("33;1", "warning: ") + line);
    }

    /** Prints a line that is good to know. */
    void notice(String line) {
        message("note: " + line);
    }

    /** Prints why nothing came of it. */
    void error(String line) {
        message(paint("31;1", "error: ") + line);
    }

    /** Shows a line that the next one replaces; only on a terminal. Empty takes it away. */
    synchronized void status(String line) {
        if (live) {
            hideStatus();
            status = line;
            showStatus();
        }
    }

    boolean live() {
        return live;
    }

    private void hideStatus() {
        if (!status.isEmpty()) {
            err.print(CLEAR);
            err.flush();
        }
    }

    private void showStatus() {
        if (!status.isEmpty()) {
            err.print(status);
            err.flush();
        }
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}

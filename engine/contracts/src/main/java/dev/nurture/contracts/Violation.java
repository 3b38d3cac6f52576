package dev.nurture.contracts;

/** Says that a part breaks a promise of its kind: a sentence, what was measured, and what was expected. */
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String measured;
    private final String expected;

    /**
     * Makes a violation whose message is the sentence with both figures.
     *
     * @param sentence what was found, without a full stop, such as {@code "forward changes its input x[3]"}
     */
    public Violation(String sentence, Object measured, Object expected) {
        super(sentence + ": measured " + measured + ", expected " + expected);
        this.measured = String.valueOf(measured);
        this.expected = String.valueOf(expected);
    }

    public String measured() {
        return measured;
    }

    public String expected() {
        return expected;
    }
}

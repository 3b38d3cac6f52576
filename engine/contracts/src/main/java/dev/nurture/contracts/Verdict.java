package dev.nurture.contracts;

/**
 * How a part stands to one clause.
 *
 * @param clause its name
 * @param message why it is broken or does not apply; empty when it is kept
 * @param measured of a broken clause, otherwise empty
 * @param expected of a broken clause, otherwise empty
 */
public record Verdict(String clause, String promise, Status status, String message, String measured, String expected) {
    /** The three ways to stand to a clause. */
    public enum Status {
        KEPT,
        BROKEN,
        NOT_APPLICABLE
    }

    static Verdict kept(Clause<?> clause) {
        return new Verdict(clause.name(), clause.promise(), Status.KEPT, "", "", "");
    }

    static Verdict notApplicable(Clause<?> clause, String reason) {
        return new Verdict(clause.name(), clause.promise(), Status.NOT_APPLICABLE, reason, "", "");
    }

    static Verdict broken(Clause<?> clause, String message, String measured, String expected) {
        return new Verdict(clause.name(), clause.promise(), Status.BROKEN, message, measured, expected);
    }

    public boolean broken() {
        return status == Status.BROKEN;
    }
}

package dev.nurture.contracts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Holds a part to the clauses of its kind, one after the other, each within a time limit. */
public final class Examination {
    /** Far more than any clause needs, even on a busy machine. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String ENDLESS = "no end";

    private Examination() {}

    /**
     * Returns a verdict a clause. Nothing that the part throws gets out.
     *
     * <p>A part that does not return in time keeps its thread, a daemon, and is held to no further clause.
     */
    public static <T> List<Verdict> of(Contract<T> contract, Subject<T> subject, Duration limit) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Clause<T> clause : contract.clauses()) {
            Verdict verdict = verdict(clause, subject, limit);
            verdicts.add(verdict);
            if (verdict.measured().equals(ENDLESS)) {
                break;
            }
        }
        return verdicts;
    }

    /** Returns how a part stands to one clause. */
    public static <T> Verdict verdict(Clause<T> clause, Subject<T> subject, Duration limit) {
        Verdict[] result = new Verdict[1];
        Thread thread = new Thread(() -> result[0] = verify(clause, subject), "contract-" + clause.name());
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
            return Verdict.broken(
                    clause,
                    "does not return within " + limit.toMillis() / 1000.0 + " s" + place(thread.getStackTrace()),
                    ENDLESS,
                    "an end");
        }
        return result[0];
    }

    private static <T> Verdict verify(Clause<T> clause, Subject<T> subject) {
        try {
            clause.check().verify(subject);
            return Verdict.kept(clause);
        } catch (Violation e) {
            return Verdict.broken(clause, e.getMessage(), e.measured(), e.expected());
        } catch (NotApplicable e) {
            return Verdict.notApplicable(clause, e.getMessage());
        } catch (Throwable e) {
            // Code of another compiler: linkage errors are as likely as exceptions.
            return Verdict.broken(
                    clause,
                    "throws " + e + place(e.getStackTrace()),
                    e.getClass().getSimpleName(),
                    "no exception");
        }
    }

    /** Names the innermost line of code that is neither the JDK's nor a contract's. */
    private static String place(StackTraceElement[] trace) {
        for (StackTraceElement frame : trace) {
            String name = frame.getClassName();
            if (frame.getModuleName() == null
                    && !name.startsWith("dev.nurture.contracts.")
                    && !name.startsWith("dev.nurture.spi.")) {
                return ", at " + name + "." + frame.getMethodName() + " line " + frame.getLineNumber();
            }
        }
        return "";
    }
}

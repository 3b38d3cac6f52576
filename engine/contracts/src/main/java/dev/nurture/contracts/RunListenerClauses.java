package dev.nurture.contracts;

import dev.nurture.spi.RunListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What every listener promises. */
final class RunListenerClauses {
    static final Contract<RunListener> CONTRACT = new Contract<>(
            RunListener.class,
            List.of(
                    new Clause<>(
                            "listens", "hears a whole run, and a second one after it", RunListenerClauses::listens),
                    new Clause<>(
                            "cut_short", "lets go of a run that ends at any point", RunListenerClauses::endsAnywhere),
                    new Clause<>(
                            "independent",
                            "hears runs side by side, one of which may end before the other",
                            RunListenerClauses::independent),
                    new Clause<>(
                            "stateless",
                            "remembers nothing itself: all that it must is in the session",
                            RunListenerClauses::stateless),
                    new Clause<>("allocation", "allocates nothing at a step", RunListenerClauses::allocation)));

    private RunListenerClauses() {}

    private static RunListener.Session open(RunListener listener, PlainRun run) {
        RunListener.Session session;
        try {
            session = listener.open(run);
        } catch (RunListener.Refusal | IOException e) {
            throw new NotApplicable("it cannot listen here: " + e.getMessage());
        }
        if (session == null) {
            throw new Violation("open gives nothing", "null", "a session");
        }
        return session;
    }

    private static void listens(Subject<RunListener> subject) {
        RunListener listener = subject.fresh();
        for (int i = 0; i < 2; i++) {
            try (PlainRun run = new PlainRun(subject.seed())) {
                run.tell(open(listener, run));
            }
        }
    }

    private static void endsAnywhere(Subject<RunListener> subject) {
        try (PlainRun run = new PlainRun(subject.seed())) {
            open(subject.fresh(), run).close();
            RunListener.Session refused = open(subject.fresh(), run);
            refused.stage("check");
            refused.finished("failed", Map.of());
            refused.close();
            RunListener.Session interrupted = open(subject.fresh(), run);
            run.tellUpToTheEnd(interrupted);
            interrupted.close();
        }
    }

    private static void independent(Subject<RunListener> subject) {
        RunListener listener = subject.fresh();
        try (PlainRun first = new PlainRun(subject.seed());
                PlainRun second = new PlainRun(subject.seed() + 1)) {
            RunListener.Session ends = open(listener, first);
            RunListener.Session goesOn = open(listener, second);
            first.tell(ends);
            second.tell(goesOn);
        }
    }

    private static void stateless(Subject<RunListener> subject) {
        RunListener listener = subject.fresh();
        Map<String, Object> before = StateProbe.look(listener);
        try (PlainRun run = new PlainRun(subject.seed())) {
            run.tell(open(listener, run));
        }
        StateProbe.requireUnchanged(listener, before, "a run");
    }

    private static void allocation(Subject<RunListener> subject) {
        try (PlainRun run = new PlainRun(subject.seed())) {
            RunListener.Session session = open(subject.fresh(), run);
            try {
                run.tellUpToTheEnd(session);
                long[] step = {run.totalSteps()};
                Allocation.requireNone("a step", () -> session.stepped(++step[0], 1.5, 0.25, 1e-3, 2e-3));
            } finally {
                session.close();
            }
        }
    }
}

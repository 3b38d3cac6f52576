package dev.nurture.monitoring;

import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.StepStatistics;
import java.util.Map;

/** Passes on all that it hears; a test looks at it on the way. */
class Relay implements RunListener.Session {
    private final RunListener.Session session;

    Relay(RunListener.Session session) {
        this.session = session;
    }

    /** Returns one that keeps a session open at the end of the run. */
    static Relay open(RunListener.Session session) {
        return new Relay(session) {
            @Override
            public void close() {}
        };
    }

    @Override
    public void stage(String name) {
        session.stage(name);
    }

    @Override
    public void checked(String check, Finding.Severity gravest) {
        session.checked(check, gravest);
    }

    @Override
    public void stepped(long step, double loss, double penalty, double learningRate, double seconds) {
        session.stepped(step, loss, penalty, learningRate, seconds);
    }

    @Override
    public void sampled(StepStatistics statistics) {
        session.sampled(statistics);
    }

    @Override
    public void evaluated(Monitor.EpochStatistics statistics) {
        session.evaluated(statistics);
    }

    @Override
    public void found(Finding finding) {
        session.found(finding);
    }

    @Override
    public void saved(long step) {
        session.saved(step);
    }

    @Override
    public void finished(String status, Map<String, Double> metrics) {
        session.finished(status, metrics);
    }

    @Override
    public void close() {
        session.close();
    }
}

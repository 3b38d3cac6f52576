package dev.nurture.observe;

import dev.nurture.config.PartSettings;
import dev.nurture.model.Activity;
import dev.nurture.plugin.Origin;
import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.RunListener.Counter;
import dev.nurture.spi.RunListener.Session;
import dev.nurture.spi.StepStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The listeners of one run. What one of them does wrong is told of once, and it hears no more: a run of days must not end
 * because somebody who watches it stumbles. For the run's thread, {@link #found} excepted.
 */
public final class RunListeners implements AutoCloseable {
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Open> open = new CopyOnWriteArrayList<>();
    private final Activity activity;
    private final Consumer<String> warnings;

    /** One that the definition names. */
    private record Listener(PartSettings part, Activity.Work work, AtomicLong errors) {
        Origin origin() {
            return part.origin();
        }

        String title() {
            return "listener '" + part.name() + "'";
        }
    }

    /** One that listens. */
    private record Open(Listener listener, Session session) {}

    /**
     * Prepares to open listeners.
     *
     * @param activity of the training thread
     * @param warnings takes what users must know about them
     */
    public RunListeners(List<PartSettings> parts, Activity activity, Consumer<String> warnings) {
        this.activity = activity;
        this.warnings = warnings;
        for (PartSettings part : parts) {
            Activity.Work work = new Activity.Work("listener '" + part.name() + "'", part.path());
            listeners.add(new Listener(part, work, new AtomicLong()));
        }
    }

    /** Returns how often each plugin's listeners failed, all of a plugin together. */
    public List<Counter> counters() {
        Map<String, List<AtomicLong>> errors = new LinkedHashMap<>();
        for (Listener listener : listeners) {
            errors.computeIfAbsent(listener.part.part().origin().name(), plugin -> new ArrayList<>())
                    .add(listener.errors);
        }
        List<Counter> counters = new ArrayList<>();
        errors.forEach((plugin, counts) -> counters.add(new Counter(
                "plugin_errors",
                "failures of a plugin that the run went on without",
                Optional.of("plugin"),
                plugin,
                () -> counts.stream().mapToLong(AtomicLong::get).sum())));
        return counters;
    }

    /**
     * Lets each begin to listen.
     *
     * @throws RunListener.Refusal if one says that the run must not go on without it; none listens then
     */
    public void open(RunListener.Run run) throws RunListener.Refusal {
        for (Listener listener : listeners) {
            try {
                Session session = listener.part.create(RunListener.class).open(run);
                if (session == null) {
                    throw PluginException.breach(listener.origin(), "gave no session", listener.title());
                }
                open.add(new Open(listener, session));
            } catch (RunListener.Refusal e) {
                close();
                throw e;
            } catch (IOException e) {
                listener.errors.incrementAndGet();
                warnings.accept(e.getMessage());
            } catch (Throwable e) {
                fail(listener, e);
            }
        }
    }

    /** Tells that a stage begins. */
    public void stage(String name) {
        for (Open one : open) {
            tell(one, session -> session.stage(name));
        }
    }

    /** Tells what a check came to; {@code gravest} may be null. */
    public void checked(String check, Finding.Severity gravest) {
        for (Open one : open) {
            tell(one, session -> session.checked(check, gravest));
        }
    }

    /** Tells of a step. */
    public void stepped(long step, double loss, double penalty, double learningRate, double seconds) {
        // By index and without a lambda: a step allocates nothing.
        for (int i = 0; i < open.size(); i++) {
            Open one = open.get(i);
            activity.begin(one.listener.work);
            try {
                one.session.stepped(step, loss, penalty, learningRate, seconds);
            } catch (Throwable e) {
                drop(one, e);
                i--;
            }
        }
    }

    /** Tells what a step did inside the network. */
    public void sampled(StepStatistics statistics) {
        for (Open one : open) {
            tell(one, session -> session.sampled(statistics));
        }
    }

    /** Tells what an epoch came to. */
    public void evaluated(Monitor.EpochStatistics statistics) {
        for (Open one : open) {
            tell(one, session -> session.evaluated(statistics));
        }
    }

    /** Tells of a finding. Any thread. */
    public void found(Finding finding) {
        for (Open one : open) {
            listen(one, session -> session.found(finding));
        }
    }

    /** Tells of a checkpoint. */
    public void saved(long step) {
        for (Open one : open) {
            tell(one, session -> session.saved(step));
        }
    }

    /** Tells that the run is over. */
    public void finished(String status, Map<String, Double> metrics) {
        for (Open one : open) {
            tell(one, session -> session.finished(status, metrics));
        }
    }

    private void tell(Open one, Consumer<Session> what) {
        activity.begin(one.listener.work);
        listen(one, what);
        activity.rest();
    }

    private void listen(Open one, Consumer<Session> what) {
        try {
            what.accept(one.session);
        } catch (Throwable e) {
            drop(one, e);
        }
    }

    private void drop(Open one, Throwable e) {
        open.remove(one);
        fail(one.listener, e);
        close(one);
    }

    private void fail(Listener listener, Throwable e) {
        rethrowIfFatal(e);
        listener.errors.incrementAndGet();
        String what = e instanceof PluginException
                ? e.getMessage()
                : listener.origin().describe(listener.title()) + " failed: "
                        + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        warnings.accept(what + "; the run goes on without it");
    }

    /** Of the machine's own failures, the stack alone may be a plugin's fault. */
    private static void rethrowIfFatal(Throwable e) {
        if (e instanceof VirtualMachineError error && !(e instanceof StackOverflowError)) {
            throw error;
        }
    }

    private void close(Open one) {
        try {
            one.session.close();
        } catch (Throwable e) {
            fail(one.listener, e);
        }
    }

    @Override
    public void close() {
        List<Open> last = List.copyOf(open);
        open.clear();
        last.forEach(this::close);
    }
}

package dev.nurture.train;

import dev.nurture.spi.RunListener.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the training thread's time goes to. Written by that thread, without a lock or an allocation; read by any. */
final class PhaseClock {
    /** What a thread that trains does. */
    enum Phase {
        /** Rows are gathered and augmented. */
        DATA,
        FORWARD,
        BACKWARD,
        /** Penalties, clipping, the optimizer. */
        UPDATE,
        /** Monitors look, listeners hear. */
        MONITOR,
        EVALUATE,
        CHECKPOINT
    }

    private static final Phase[] PHASES = Phase.values();

    private final AtomicLongArray nanos = new AtomicLongArray(PHASES.length);
    private Phase current;
    private long since;

    /** A phase begins, and with it another ends, if there is one. Returns the time, of the JVM's clock. */
    long enter(Phase next) {
        long now = System.nanoTime();
        if (current != null) {
            int phase = current.ordinal();
            nanos.lazySet(phase, nanos.getPlain(phase) + now - since);
        }
        current = next;
        since = now;
        return now;
    }

    /** The phase ends; what comes is none of them. */
    void leave() {
        enter(null);
    }

    /** Returns the time that a phase has taken, but for what of it is under way. */
    long nanos(Phase phase) {
        return nanos.get(phase.ordinal());
    }

    List<Counter> counters() {
        List<Counter> counters = new ArrayList<>();
        for (Phase phase : PHASES) {
            counters.add(new Counter(
                    "phase_seconds",
                    "time of the training thread, by what it does",
                    Optional.of("phase"),
                    phase.name().toLowerCase(Locale.ROOT),
                    () -> nanos(phase) / 1e9));
        }
        return counters;
    }
}

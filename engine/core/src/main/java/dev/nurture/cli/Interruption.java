package dev.nurture.cli;

import dev.nurture.train.Trainer;
import java.lang.reflect.Proxy;

/**
 * Turns SIGINT and SIGTERM into a request to end training after the step under way, or, when that is over, to wait for
 * nothing more; a second signal ends the process at once. The JDK's signal class is no part of the platform's contract, so
 * it is reached by reflection: without it signals end the process as they always did.
 */
final class Interruption implements AutoCloseable {
    private final Trainer trainer;
    private volatile int exit = ExitCode.INTERRUPTED;
    private volatile boolean asked;
    private volatile boolean closed;
    private volatile Thread waiting;

    private Interruption(Trainer trainer) {
        this.trainer = trainer;
    }

    static Interruption listen(Trainer trainer) {
        Interruption interruption = new Interruption(trainer);
        interruption.handle("INT", ExitCode.INTERRUPTED);
        interruption.handle("TERM", ExitCode.TERMINATED);
        return interruption;
    }

    private void handle(String name, int status) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Interruption.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            interrupted(status);
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Then the signal keeps its usual effect.
            return;
        }
    }

    private void interrupted(int status) {
        if (asked || closed) {
            Runtime.getRuntime().halt(status);
        }
        asked = true;
        Thread thread = waiting;
        if (thread != null) {
            thread.interrupt();
        } else {
            exit = status;
            trainer.requestStop();
        }
    }

    /** The run is recorded, and whatever this thread waits for now, a signal ends; the exit status stays. */
    void onlyWaiting() {
        asked = false;
        waiting = Thread.currentThread();
    }

    /** Returns the exit status that goes with the signal. */
    int exit() {
        return exit;
    }

    /** From now on a signal ends the process at once. */
    @Override
    public void close() {
        closed = true;
        if (waiting != null) {
            // Otherwise the next file to be read would be closed by it.
            Thread.interrupted();
        }
    }
}

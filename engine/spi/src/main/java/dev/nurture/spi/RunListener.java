package dev.nurture.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Hears how a run goes, to show it elsewhere. Stateless itself; what it keeps open while a run lasts is its {@link Session}.
 *
 * <p>A listener gets values alone and cannot reach the training: a run is the same to the bit with and without it. One
 * that fails is told of once and hears no more; the run goes on.
 */
public interface RunListener {
    /**
     * Begins to listen to a run that is prepared; its check-up comes next.
     *
     * @throws Refusal if the run must not go on without the listener
     * @throws IOException if the run may go on without it; the message is shown as a warning
     */
    Session open(Run run) throws IOException, Refusal;

    /**
     * Listens to one run. Called on the run's thread, which waits: no call may take long, and those at every step may not
     * allocate. {@link #found} may come from another thread.
     */
    interface Session extends AutoCloseable {
        /** A stage begins: {@code check}, {@code train} or {@code evaluate}. */
        default void stage(String name) {}

        /**
         * A check has looked.
         *
         * @param gravest of what it found; null when all is well
         */
        default void checked(String check, Finding.Severity gravest) {}

        /**
         * A step was taken.
         *
         * @param step from 1
         * @param loss of the batch before the step, penalties included
         * @param penalty the part of the loss that is penalties on weights
         * @param seconds that the step took
         */
        default void stepped(long step, double loss, double penalty, double learningRate, double seconds) {}

        /** A look was taken inside the network: at a step in so many, unless the definition says {@code monitors: false}. */
        default void sampled(StepStatistics statistics) {}

        /** An epoch was trained and evaluated. */
        default void evaluated(Monitor.EpochStatistics statistics) {}

        /** A check or a monitor found something, and it is recorded. Any thread. */
        default void found(Finding finding) {}

        /** A checkpoint is on the disk. */
        default void saved(long step) {}

        /**
         * The run is over and recorded.
         *
         * @param status {@code succeeded}, {@code failed} or {@code interrupted}
         * @param metrics as in {@code run.json}; those there are
         */
        default void finished(String status, Map<String, Double> metrics) {}

        /** Lets go of everything; the last call. */
        @Override
        void close();
    }

    /** What a listener knows of its run. Immutable but for {@link #counters}; any thread. */
    interface Run {
        /** Returns the experiment's name. */
        String experiment();

        /** Returns what tells the run from others of its experiment, such as {@code 20260115-101500-3fa9}. */
        String id();

        /** Returns the run directory, absolute. */
        Path folder();

        /** Returns when the process began with it. */
        Instant started();

        /** Returns how many plugins are loaded. */
        int plugins();

        /** Returns the engine's version. */
        String version();

        /** Returns what multiplies matrices, as in the run's record. */
        String blas();

        long seed();

        /** Returns how many values are trained. */
        long parameters();

        /** Returns how many steps were done before: not 0 when the run is taken up again. */
        long step();

        /** Returns how many steps there are to be, at most. */
        long totalSteps();

        long stepsPerEpoch();

        /** Returns what training is to be. */
        Bench.Plan plan();

        /** Returns what the engine counts while it runs. */
        List<Counter> counters();

        /** Returns how the run stands at present, as a page and as its data. */
        Report report();

        /** Tells the user something, on a line of its own. */
        void say(String message);

        /** Warns the user. */
        void warn(String message);
    }

    /**
     * Something that the engine counts.
     *
     * @param name in snake_case, of the base unit if it has one, such as {@code phase_seconds}
     * @param doc a sentence without a full stop
     * @param label what tells counters of one name apart; empty when there is but one
     * @param of the label's value
     * @param value never falls; quick, any thread
     */
    record Counter(String name, String doc, Optional<String> label, String of, DoubleSupplier value) {
        /** Makes one that is alone of its name. */
        public static Counter of(String name, String doc, DoubleSupplier value) {
            return new Counter(name, doc, Optional.empty(), "", value);
        }
    }

    /** How a run stands at present. Any thread; takes its time. */
    interface Report {
        /** Returns a page that shows it and asks for {@code data.json} beside it from time to time. */
        String page() throws IOException;

        /** Returns what the page shows, as JSON. */
        String data() throws IOException;
    }

    /** Says that a run must not go on without a listener that cannot listen. The message is for the user. */
    final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        public Refusal(String message) {
            super(message);
        }
    }
}

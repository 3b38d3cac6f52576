package dev.nurture.testkit;

import dev.nurture.spi.Monitor;
import dev.nurture.spi.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

class RunListenerMutantsTest extends MutationProof<RunListener> {
    RunListenerMutantsTest() {
        super(RunListener.class);
    }

    /** Writes a line an epoch into a file of the run. */
    private static class Diary implements RunListener {
        @Override
        public Session open(Run run) throws IOException {
            return new Page(run.folder().resolve("diary.txt"));
        }

        /** The lines of one run. */
        static class Page implements Session {
            private final Path file;
            private final List<String> lines = new ArrayList<>();
            private double last;

            Page(Path file) {
                this.file = file;
            }

            @Override
            public void stepped(long step, double loss, double penalty, double learningRate, double seconds) {
                last = loss;
            }

            @Override
            public void evaluated(Monitor.EpochStatistics statistics) {
                lines.add(statistics.epoch() + ": " + last);
            }

            @Override
            public void close() {
                try {
                    Files.write(file, lines);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Override
    RunListener sound() {
        return new Diary();
    }

    private static Mutant<RunListener> mutant(String defect, Supplier<RunListener> part, String clause, String words) {
        return new Mutant<>(defect, part, clause, words);
    }

    @Override
    Stream<Mutant<RunListener>> mutants() {
        return Stream.of(
                mutant("no session", () -> run -> null, "listens", "open gives nothing"),
                mutant("one run alone", Once::new, "listens", "a second run"),
                mutant("cannot end early", NeedsEpochs::new, "cut_short", "no epoch"),
                mutant("one run at a time", OneAtATime::new, "independent", "another run"),
                mutant("counts in itself", Counting::new, "stateless", "field runs"),
                mutant("notes every step", Noting::new, "allocation", "a step allocates memory"));
    }

    private static final class Once extends Diary {
        private static final ThreadLocal<Object> USED = new ThreadLocal<>();

        private final Object own = new Object();

        @Override
        public Session open(Run run) throws IOException {
            if (USED.get() == own) {
                throw new IllegalStateException("a second run");
            }
            USED.set(own);
            return super.open(run);
        }
    }

    private static final class NeedsEpochs extends Diary {
        @Override
        public Session open(Run run) {
            return new Page(run.folder().resolve("diary.txt")) {
                private boolean any;

                @Override
                public void evaluated(Monitor.EpochStatistics statistics) {
                    any = true;
                }

                @Override
                public void finished(String status, Map<String, Double> metrics) {
                    if (!any) {
                        throw new IllegalStateException("no epoch");
                    }
                }
            };
        }
    }

    private static final class OneAtATime extends Diary {
        private static final AtomicBoolean BUSY = new AtomicBoolean();

        @Override
        public Session open(Run run) {
            if (!BUSY.compareAndSet(false, true)) {
                throw new IllegalStateException("another run is heard");
            }
            return new Page(run.folder().resolve("diary.txt")) {
                @Override
                public void close() {
                    super.close();
                    BUSY.set(false);
                }
            };
        }
    }

    private static final class Counting extends Diary {
        private int runs;

        @Override
        public Session open(Run run) throws IOException {
            runs++;
            return super.open(run);
        }
    }

    private static final class Noting extends Diary {
        @Override
        public Session open(Run run) {
            return new Page(run.folder().resolve("diary.txt")) {
                private final Object[] notes = new Object[8];

                @Override
                public void stepped(long step, double loss, double penalty, double learningRate, double seconds) {
                    notes[(int) (step % notes.length)] = new double[] {loss};
                }
            };
        }
    }
}

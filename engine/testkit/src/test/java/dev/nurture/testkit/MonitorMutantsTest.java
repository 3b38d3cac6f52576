package dev.nurture.testkit;

import dev.nurture.spi.Finding;
import dev.nurture.spi.Finding.Severity;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

class MonitorMutantsTest extends MutationProof<Monitor> {
    MonitorMutantsTest() {
        super(Monitor.class);
    }

    /** Says when a loss is twice the first. */
    private static class Doubled implements Monitor {
        double limit() {
            return 2;
        }

        Finding finding(double measured) {
            return finding("loss_doubled", "it is " + measured, "mend it", "a paper", "> 2", measured);
        }

        static Finding finding(
                String fault, String message, String advice, String source, String threshold, double measured) {
            return new Finding(fault, Severity.WARN, "train", null, measured, threshold, message, advice, source);
        }

        @Override
        public Watch watch(Training training) {
            return new Losses();
        }

        /** What it remembers of one training. */
        class Losses implements Watch {
            private double first = Double.NaN;
            private double last;

            @Override
            public void stepped(long step, double loss) {
                first = Double.isNaN(first) ? loss : first;
                last = loss;
            }

            @Override
            public List<Finding> sampled(StepStatistics statistics) {
                return last > limit() * first ? List.of(finding(last / first)) : List.of();
            }
        }
    }

    @Override
    Monitor sound() {
        return new Doubled();
    }

    private static Mutant<Monitor> mutant(String defect, Supplier<Monitor> part, String clause, String words) {
        return new Mutant<>(defect, part, clause, words);
    }

    private static Monitor saying(String fault, String message, String advice, String source, String threshold) {
        return new Doubled() {
            @Override
            Finding finding(double measured) {
                return finding(fault, message, advice, source, threshold, measured);
            }
        };
    }

    @Override
    Stream<Mutant<Monitor>> mutants() {
        return Stream.of(
                mutant("no watch", () -> training -> null, "findings", "watch gives nothing"),
                mutant("nothing for no finding", Nothing::new, "findings", "a watch gives nothing"),
                mutant("a hole among the findings", Hole::new, "findings", "missing"),
                mutant(
                        "no message",
                        () -> saying("loss_doubled", "", "mend it", "a paper", "> 2"),
                        "findings",
                        "the message of"),
                mutant(
                        "no advice",
                        () -> saying("loss_doubled", "it is", null, "a paper", "> 2"),
                        "findings",
                        "the advice of"),
                mutant(
                        "no source",
                        () -> saying("loss_doubled", "it is", "mend it", " ", "> 2"),
                        "findings",
                        "the source"),
                mutant("alarms at noise", Nervous::new, "calm", "finds 'loss_doubled' in a healthy training"),
                mutant("counts in itself", Counting::new, "stateless", "field count"),
                mutant("one memory for all", Shared::new, "stateless", "changes in a watch over"),
                mutant("remembers from watch to watch", Tiring::new, "independent", "changes what one finds"),
                mutant("mixes in the clock", Clock::new, "deterministic", "finds something else"));
    }

    private static final class Nothing extends Doubled {
        @Override
        public Watch watch(Training training) {
            return new Losses() {
                @Override
                public List<Finding> sampled(StepStatistics statistics) {
                    return null;
                }
            };
        }
    }

    private static final class Hole extends Doubled {
        @Override
        public Watch watch(Training training) {
            return new Losses() {
                @Override
                public List<Finding> sampled(StepStatistics statistics) {
                    return Arrays.asList((Finding) null);
                }
            };
        }
    }

    private static final class Nervous extends Doubled {
        @Override
        double limit() {
            return 0.5;
        }
    }

    private static final class Counting extends Doubled {
        private int count;

        @Override
        double limit() {
            count++;
            return 2;
        }
    }

    private static final class Shared extends Doubled {
        private final double[] greatest = new double[1];

        @Override
        double limit() {
            greatest[0]++;
            return 2;
        }
    }

    /** Remembers where the contract does not look, and tires of saying what it says. */
    private static final class Tiring extends Doubled {
        @Override
        public Watch watch(Training training) {
            return new Losses() {
                @Override
                public List<Finding> evaluated(EpochStatistics statistics) {
                    int told = Elsewhere.TOLD.incrementAndGet();
                    return statistics.epoch() == 1
                            ? List.of(new Finding(
                                    "note", Severity.INFO, "train", null, told, "none", "a note", "none", "a paper"))
                            : List.of();
                }
            };
        }
    }

    /** A class of its own, whose fields are none of a monitor's. */
    private static final class Elsewhere {
        static final AtomicInteger TOLD = new AtomicInteger();
    }

    private static final class Clock extends Doubled {
        @Override
        Finding finding(double measured) {
            return super.finding(measured + System.nanoTime() * 1e-9);
        }
    }
}

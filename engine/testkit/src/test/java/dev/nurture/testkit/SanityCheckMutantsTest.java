package dev.nurture.testkit;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Finding.Severity;
import dev.nurture.spi.Rehearsal;
import dev.nurture.spi.SanityCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class SanityCheckMutantsTest extends MutationProof<SanityCheck> {
    SanityCheckMutantsTest() {
        super(SanityCheck.class);
    }

    /** Trains a copy for a few steps, and says if the loss rose, and if the first rows had large values. */
    private static class Rises implements SanityCheck {
        @Override
        public List<Finding> look(Bench bench) {
            List<Finding> findings = new ArrayList<>();
            double rise = rise(bench);
            if (!(rise <= limit())) {
                findings.add(finding("loss_rises", Severity.FAIL, rise, "> " + limit()));
            }
            double greatest = greatest(bench.train());
            if (!(greatest <= 100)) {
                findings.add(finding("large_values", Severity.WARN, greatest, "> 100"));
            }
            return findings;
        }

        double limit() {
            return 1;
        }

        Finding finding(String fault, Severity severity, double measured, String threshold) {
            return new Finding(
                    fault, severity, "check", null, measured, threshold, "it is " + measured, "mend it", "a paper");
        }

        RandomGenerator random(Bench bench) {
            return bench.random();
        }

        double rise(Bench bench) {
            try (Rehearsal rehearsal = bench.rehearse()) {
                return rise(bench, rehearsal);
            }
        }

        double rise(Bench bench, Rehearsal rehearsal) {
            Dataset train = bench.train();
            RandomGenerator random = random(bench);
            int count = Math.min(rehearsal.capacity(), train.rows());
            Dataset rows = train.select(IntStream.range(0, count)
                    .map(i -> random.nextInt(train.rows()))
                    .toArray());
            double before = rehearsal.forward(rows, true);
            for (int step = 1; step <= 5; step++) {
                rehearsal.step(step);
                rehearsal.forward(rows, true);
                rehearsal.backward();
                rehearsal.addPenalty();
                rehearsal.update(bench.plan().learningRate());
            }
            return rehearsal.forward(rows, false) - before;
        }

        double greatest(Dataset rows) {
            double greatest = 0;
            for (float value : rows.x()) {
                greatest = Math.max(greatest, Math.abs(value));
            }
            return greatest;
        }
    }

    @Override
    SanityCheck sound() {
        return new Rises();
    }

    private static Mutant<SanityCheck> mutant(String defect, Supplier<SanityCheck> part, String clause, String words) {
        return new Mutant<>(defect, part, clause, words);
    }

    private static SanityCheck finding(String fault, String message, String advice, String source, String threshold) {
        return new Rises() {
            @Override
            Finding finding(String code, Severity severity, double measured, String limit) {
                return new Finding(fault, severity, "check", null, measured, threshold, message, advice, source);
            }
        };
    }

    @Override
    Stream<Mutant<SanityCheck>> mutants() {
        return Stream.of(
                mutant("nothing for no finding", () -> bench -> null, "findings", "look gives nothing"),
                mutant(
                        "a hole among the findings",
                        () -> bench -> Arrays.asList((Finding) null),
                        "findings",
                        "missing"),
                mutant(
                        "no message",
                        () -> finding("loss_rises", " ", "mend it", "a paper", "> 1"),
                        "findings",
                        "the message of the finding 'loss_rises' about"),
                mutant(
                        "a full stop",
                        () -> finding("loss_rises", "It rises.", "mend it", "a paper", "> 1"),
                        "findings",
                        "ends in a full stop"),
                mutant(
                        "no advice",
                        () -> finding("loss_rises", "it rises", null, "a paper", "> 1"),
                        "findings",
                        "the advice of"),
                mutant(
                        "no source",
                        () -> finding("loss_rises", "it rises", "mend it", "", "> 1"),
                        "findings",
                        "the source of"),
                mutant(
                        "no threshold",
                        () -> finding("loss_rises", "it rises", "mend it", "a paper", null),
                        "findings",
                        "the threshold of"),
                mutant(
                        "a code with a gap",
                        () -> finding("loss__rises", "it rises", "mend it", "a paper", "> 1"),
                        "findings",
                        "is not in snake_case"),
                mutant("the lighter first", LighterFirst::new, "findings", "begin with lighter ones"),
                mutant("fails on NaN", FailsOnNan::new, "findings", "throws java.lang.ArithmeticException"),
                mutant("alarms without need", Alarmist::new, "calm", "finds 'loss_rises' in a healthy experiment"),
                mutant("clears rows of NaN", Clears::new, "leaves_rows", "look changes the rows of a row of NaN"),
                mutant("sorts labels", SortsLabels::new, "leaves_rows", "look changes the rows of a healthy"),
                mutant("leaves a rehearsal open", LeavesOpen::new, "closes", "look leaves rehearsals of a healthy"),
                mutant(
                        "leaves it open where it gives up",
                        GivesUp::new,
                        "closes",
                        "look leaves rehearsals of a row of NaN open"),
                mutant("counts its looks", Counts::new, "stateless", "field looks"),
                mutant(
                        "a generator of its own",
                        OwnRandom::new,
                        "deterministic",
                        "nothing was drawn from bench.random()"),
                mutant("mixes in the clock", Clock::new, "deterministic", "a second look at a healthy experiment"),
                mutant("an instance's own seed", OwnSeed::new, "deterministic", "a look of a second instance"),
                new Mutant<>("no end", Endless::new, "findings", "does not return", Duration.ofMillis(300)));
    }

    private static final class LighterFirst extends Rises {
        @Override
        public List<Finding> look(Bench bench) {
            List<Finding> findings = new ArrayList<>(super.look(bench));
            findings.add(0, finding("note", Severity.INFO, 0, "none"));
            return findings;
        }
    }

    private static final class FailsOnNan extends Rises {
        @Override
        double greatest(Dataset rows) {
            double greatest = super.greatest(rows);
            if (Double.isNaN(greatest)) {
                throw new ArithmeticException("no number");
            }
            return greatest;
        }
    }

    private static final class Alarmist extends Rises {
        @Override
        double limit() {
            return -2;
        }
    }

    private static final class Clears extends Rises {
        @Override
        double greatest(Dataset rows) {
            for (int i = 0; i < rows.x().length; i++) {
                rows.x()[i] = Float.isNaN(rows.x()[i]) ? 0 : rows.x()[i];
            }
            return super.greatest(rows);
        }
    }

    private static final class SortsLabels extends Rises {
        @Override
        double greatest(Dataset rows) {
            Arrays.sort(rows.labels());
            return super.greatest(rows);
        }
    }

    private static final class LeavesOpen extends Rises {
        @Override
        double rise(Bench bench) {
            return rise(bench, bench.rehearse());
        }
    }

    private static final class GivesUp extends Rises {
        @Override
        double rise(Bench bench) {
            Rehearsal rehearsal = bench.rehearse();
            if (Double.isNaN(rehearsal.forward(bench.train(), false))) {
                return Double.NaN;
            }
            rehearsal.close();
            return super.rise(bench);
        }
    }

    private static final class Counts extends Rises {
        private int looks;

        @Override
        public List<Finding> look(Bench bench) {
            looks++;
            return super.look(bench);
        }
    }

    private static final class OwnRandom extends Rises {
        @Override
        RandomGenerator random(Bench bench) {
            return new Random();
        }
    }

    private static final class Clock extends Rises {
        @Override
        RandomGenerator random(Bench bench) {
            return new Random(bench.random().nextLong() + System.nanoTime());
        }
    }

    private static final class OwnSeed extends Rises {
        private final Object identity = new Object();

        @Override
        RandomGenerator random(Bench bench) {
            return new Random(System.identityHashCode(identity));
        }
    }

    private static final class Endless extends Rises {
        @Override
        double limit() {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return 1;
        }
    }
}

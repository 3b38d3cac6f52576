package dev.nurture.testkit;

import dev.nurture.contracts.ScheduleReference;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

class ScheduleMutantsTest extends MutationProof<LearningRateSchedule> {
    ScheduleMutantsTest() {
        super(LearningRateSchedule.class);
    }

    /** Linear from 1 to what would be 0 after the last step, and less by half once a loss has risen. */
    private static class Linear implements LearningRateSchedule {
        @Override
        public double factor(Progress progress) {
            return left(progress.step(), progress.totalSteps()) * (risen(progress) ? 0.5 : 1);
        }

        double left(long step, long total) {
            return 1 - (double) step / total;
        }

        boolean risen(Progress progress) {
            for (int i = 1; i < progress.evaluations(); i++) {
                if (progress.loss(i) > progress.loss(i - 1)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    LearningRateSchedule sound() {
        return new Linear();
    }

    @Override
    Subject<LearningRateSchedule> state(Subject<LearningRateSchedule> subject) {
        return subject.with(ScheduleReference.class, progress -> {
            double factor = (double) (progress.totalSteps() - progress.step()) / progress.totalSteps();
            double before = Double.POSITIVE_INFINITY;
            boolean risen = false;
            for (int i = 0; i < progress.evaluations(); i++) {
                risen |= progress.loss(i) > before;
                before = progress.loss(i);
            }
            return risen ? factor / 2 : factor;
        });
    }

    private static Mutant<LearningRateSchedule> mutant(
            String defect, Supplier<LearningRateSchedule> part, String clause, String words) {
        return new Mutant<>(defect, part, clause, words);
    }

    @Override
    Stream<Mutant<LearningRateSchedule>> mutants() {
        return Stream.of(
                mutant("one step off", OneOff::new, "reference", "factor at step 1 of 1 is not its author's"),
                mutant("one step off at the end", OffAtEnd::new, "reference", "is not its author's"),
                mutant("remembers the best loss", RemembersBest::new, "pure", "field best"),
                mutant("counts its calls", Counts::new, "pure", "field calls"),
                mutant("remembers where no probe sees it", Hidden::new, "pure", "asked again, in another order"),
                mutant(
                        "reads the evaluation to come",
                        Future::new,
                        "honest",
                        "asks for an evaluation that has not been"),
                mutant("reads the evaluation before the first", Before::new, "honest", "loss(-1)"),
                mutant("negative after the end", Negative::new, "finite", "is negative"),
                mutant("NaN in a training of one step", OneStep::new, "finite", "factor at step 0 of 1 is not finite"),
                mutant("zero throughout", Zero::new, "moves", "is zero at every step"),
                mutant("follows the loss into NaN", FollowsLoss::new, "evaluations", "after a loss of NaN"),
                mutant("copies all losses", Copies::new, "no_garbage", "factor allocates memory"));
    }

    private static final class OneOff extends Linear {
        @Override
        double left(long step, long total) {
            return Math.min(1, 1 - (step - 1.0) / total);
        }
    }

    private static final class OffAtEnd extends Linear {
        @Override
        double left(long step, long total) {
            return step == total - 1 && total > 1 ? 0 : super.left(step, total);
        }
    }

    private static final class RemembersBest extends Linear {
        private double best = Double.POSITIVE_INFINITY;

        @Override
        boolean risen(Progress progress) {
            int last = progress.evaluations() - 1;
            if (last < 0) {
                return false;
            }
            boolean risen = progress.loss(last) > best;
            best = Math.min(best, progress.loss(last));
            return risen;
        }
    }

    private static final class Counts extends Linear {
        private long calls;

        @Override
        double left(long step, long total) {
            return Math.max(0, 1 - (double) calls++ / total);
        }
    }

    private static final class Hidden extends Linear {
        private final ThreadLocal<Long> furthest = ThreadLocal.withInitial(() -> 0L);

        @Override
        double left(long step, long total) {
            furthest.set(step == 1 ? 0 : Math.max(furthest.get(), step));
            return super.left(Math.min(total, Math.max(step, furthest.get())), total);
        }
    }

    private static final class Future extends Linear {
        @Override
        boolean risen(Progress progress) {
            return progress.evaluations() > 0
                    && progress.loss(progress.evaluations()) > progress.loss(progress.evaluations() - 1);
        }
    }

    private static final class Before extends Linear {
        @Override
        boolean risen(Progress progress) {
            return progress.loss(progress.evaluations() - 1) > 2;
        }
    }

    private static final class Negative extends Linear {
        @Override
        double left(long step, long total) {
            return 1 - (step + 1.0) / total;
        }
    }

    private static final class OneStep extends Linear {
        @Override
        double left(long step, long total) {
            return Math.max(0, 1 - (double) step / (total - 1));
        }
    }

    private static final class Zero extends Linear {
        @Override
        double left(long step, long total) {
            return 1 - Math.ceil((step + 1.0) / (total + 1.0));
        }
    }

    private static final class FollowsLoss extends Linear {
        @Override
        public double factor(Progress progress) {
            int evaluations = progress.evaluations();
            double recent = evaluations == 0 ? 1 : progress.loss(evaluations - 1);
            return super.factor(progress) * recent / (1 + recent);
        }
    }

    private static final class Copies extends Linear {
        @Override
        boolean risen(Progress progress) {
            List<Double> losses = new ArrayList<>();
            for (int i = 0; i < progress.evaluations(); i++) {
                losses.add(progress.loss(i));
            }
            for (int i = 1; i < losses.size(); i++) {
                if (losses.get(i) > losses.get(i - 1)) {
                    return true;
                }
            }
            return false;
        }
    }
}

package dev.nurture.contracts;

import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.LearningRateSchedule.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What every learning-rate schedule promises. */
final class ScheduleClauses {
    static final Contract<LearningRateSchedule> CONTRACT = new Contract<>(
            LearningRateSchedule.class,
            List.of(
                    new Clause<>("honest", "asks for no evaluation that has not been", ScheduleClauses::honest),
                    new Clause<>(
                            "pure",
                            "gives the same bits at the same progress, in any order, from any instance",
                            ScheduleClauses::pure),
                    new Clause<>("resume", "gives the same bits to who jumps to a step", ScheduleClauses::resume),
                    new Clause<>(
                            "finite",
                            "gives a finite factor of at least 0 at each step and after the last, in trainings of any length",
                            ScheduleClauses::finite),
                    new Clause<>("moves", "is not zero throughout", ScheduleClauses::moves),
                    new Clause<>("evaluations", "stays finite where losses are not", ScheduleClauses::evaluations),
                    new Clause<>("reference", "has its author's factors", ScheduleClauses::reference),
                    new Clause<>("no_garbage", "allocates next to nothing", ScheduleClauses::noGarbage)));

    private ScheduleClauses() {}

    /** A training, shown step by step. */
    private static final class Training implements Progress {
        final long totalSteps;
        private final long stepsPerEpoch;
        private final double[] losses;
        private long step;
        private String asked;

        Training(long totalSteps, long stepsPerEpoch, double[] losses) {
            this.totalSteps = totalSteps;
            this.stepsPerEpoch = stepsPerEpoch;
            this.losses = losses;
        }

        /** Returns a training whose loss falls, noisily, for a half of its evaluations and rises for the other. */
        static Training of(long totalSteps, long stepsPerEpoch, KeyedRandom random) {
            double[] losses = new double[(int) (totalSteps / stepsPerEpoch)];
            for (int i = 0; i < losses.length; i++) {
                double way = (i + 1.0) / losses.length;
                losses[i] = 2 * Math.abs(way - 0.5) + 0.2 * random.nextDouble();
            }
            return new Training(totalSteps, stepsPerEpoch, losses);
        }

        Training at(long number) {
            step = number;
            return this;
        }

        @Override
        public long step() {
            return step;
        }

        @Override
        public long totalSteps() {
            return totalSteps;
        }

        @Override
        public long stepsPerEpoch() {
            return stepsPerEpoch;
        }

        @Override
        public int evaluations() {
            return (int) (step / stepsPerEpoch);
        }

        @Override
        public double loss(int i) {
            if (i < 0 || i >= evaluations()) {
                asked = "loss(" + i + ") of " + evaluations();
                throw new IndexOutOfBoundsException("evaluation " + i + " of " + evaluations());
            }
            return losses[i];
        }

        @Override
        public String toString() {
            return "step " + step + " of " + totalSteps;
        }
    }

    /** Returns trainings from one step to many. */
    private static List<Training> trainings(Subject<LearningRateSchedule> subject) {
        List<Training> trainings = new ArrayList<>();
        for (long[] length : new long[][] {{1, 1}, {2, 1}, {3, 3}, {40, 8}, {600, 10}, {1000, 500}}) {
            trainings.add(Training.of(length[0], length[1], subject.random("training " + length[0])));
        }
        return trainings;
    }

    private static void honest(Subject<LearningRateSchedule> subject) {
        LearningRateSchedule schedule = subject.fresh();
        for (Training training : trainings(subject)) {
            for (long step = 0; step <= training.totalSteps; step++) {
                training.at(step);
                try {
                    schedule.factor(training);
                } catch (IndexOutOfBoundsException e) {
                    if (training.asked == null) {
                        throw e;
                    }
                }
                if (training.asked != null) {
                    throw new Violation(
                            "factor at " + training + " asks for an evaluation that has not been",
                            training.asked,
                            training.evaluations() == 0
                                    ? "none"
                                    : "loss(0) to loss(" + (training.evaluations() - 1) + ")");
                }
            }
        }
    }

    private static void finite(Subject<LearningRateSchedule> subject) {
        LearningRateSchedule schedule = subject.fresh();
        for (Training training : trainings(subject)) {
            for (long step = 0; step <= training.totalSteps; step++) {
                requireFactor(schedule.factor(training.at(step)), "factor at " + training);
            }
        }
    }

    private static void requireFactor(double factor, String what) {
        if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new Violation(
                    what + (factor < 0 ? " is negative" : " is not finite"), factor, "finite and at least 0");
        }
    }

    private static void moves(Subject<LearningRateSchedule> subject) {
        LearningRateSchedule schedule = subject.fresh();
        for (Training training : trainings(subject)) {
            double greatest = 0;
            for (long step = 0; step < training.totalSteps; step++) {
                greatest = Math.max(greatest, schedule.factor(training.at(step)));
            }
            if (!(greatest > 0)) {
                throw new Violation(
                        "the factor is zero at every step of a training of " + training.totalSteps,
                        greatest,
                        "more than 0");
            }
        }
    }

    private static void pure(Subject<LearningRateSchedule> subject) {
        LearningRateSchedule schedule = subject.fresh();
        for (Training training : trainings(subject)) {
            int length = (int) training.totalSteps;
            double[] factors = new double[length + 1];
            Map<String, Object> before = StateProbe.look(schedule);
            for (int step = 0; step <= length; step++) {
                factors[step] = schedule.factor(training.at(step));
            }
            StateProbe.requireUnchanged(schedule, before, "factor");
            LearningRateSchedule other = subject.fresh();
            for (int step = length; step >= 0; step--) {
                String at = "factor at " + training.at(step);
                requireSame(
                        schedule.factor(training), factors[step], at + " differs when asked again, in another order");
                requireSame(other.factor(training), factors[step], at + " of a second instance differs");
            }
        }
    }

    private static void resume(Subject<LearningRateSchedule> subject) {
        LearningRateSchedule walker = subject.fresh();
        for (Training training : trainings(subject)) {
            for (long step = 0; step <= training.totalSteps; step++) {
                double walked = walker.factor(training.at(step));
                if (step % 7 == 0 || step == training.totalSteps) {
                    requireSame(
                            subject.fresh().factor(training),
                            walked,
                            "factor at " + training + " of an instance that starts there differs");
                }
            }
        }
    }

    private static void requireSame(double measured, double expected, String sentence) {
        if (Double.doubleToLongBits(measured) != Double.doubleToLongBits(expected)) {
            throw new Violation(sentence, measured, expected);
        }
    }

    private static void evaluations(Subject<LearningRateSchedule> subject) {
        LearningRateSchedule schedule = subject.fresh();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (boolean throughout : new boolean[] {true, false}) {
                Training training = Training.of(200, 5, subject.random("bad"));
                if (throughout) {
                    Arrays.fill(training.losses, bad);
                } else {
                    training.losses[3] = bad;
                }
                for (long step = 0; step <= training.totalSteps; step++) {
                    requireFactor(
                            schedule.factor(training.at(step)),
                            "after a loss of " + bad + " the factor at " + training);
                }
            }
        }
    }

    private static void reference(Subject<LearningRateSchedule> subject) {
        ScheduleReference reference = subject.reference(ScheduleReference.class)
                .orElseThrow(() -> new NotApplicable("its author states no formula"));
        LearningRateSchedule schedule = subject.fresh();
        for (Training training : trainings(subject)) {
            for (long step = 0; step <= training.totalSteps; step++) {
                double measured = schedule.factor(training.at(step));
                double expected = reference.factor(training);
                if (!(Math.abs(measured - expected) <= 1e-9 * Math.max(1, Math.abs(expected)))) {
                    throw new Violation("factor at " + training + " is not its author's", measured, expected);
                }
            }
        }
    }

    /** Called once a step, and {@link StrictMath#pow} allocates a little: what grows with the evaluations is too much. */
    private static void noGarbage(Subject<LearningRateSchedule> subject) {
        LearningRateSchedule schedule = subject.fresh();
        Training training = Training.of(500, 5, subject.random("garbage"));
        Allocation.requireAtMost(512, "factor", () -> schedule.factor(training.at(450 + training.step % 50)));
    }
}

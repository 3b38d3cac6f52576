package dev.nurture.contracts;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What every initializer promises. */
final class InitializerClauses {
    static final Contract<Initializer> CONTRACT = new Contract<>(
            Initializer.class,
            List.of(
                    new Clause<>("range", "writes nothing outside its range", InitializerClauses::range),
                    new Clause<>(
                            "complete", "overwrites all of its range with finite values", InitializerClauses::complete),
                    new Clause<>("stateless", "remembers nothing from call to call", InitializerClauses::stateless),
                    new Clause<>(
                            "uses_stream",
                            "draws what is random from the given stream",
                            InitializerClauses::usesStream),
                    new Clause<>(
                            "deterministic",
                            "gives the same bits from the same stream, from every instance, wherever the weight lies",
                            InitializerClauses::deterministic),
                    new Clause<>(
                            "streams",
                            "gives uncorrelated values, in one weight and from other streams",
                            InitializerClauses::streams),
                    new Clause<>(
                            "moments",
                            "spreads its values alike from every stream, and no wider for a larger fan",
                            InitializerClauses::moments),
                    new Clause<>("fan", "has its author's mean and standard deviation", InitializerClauses::fan),
                    new Clause<>(
                            "threads", "gives the same bits to several threads at once", InitializerClauses::threads)));

    /** Chance exceeds so many standard errors once in 1.7 million. */
    private static final double ERRORS = 5;

    private static final int STREAMS = 40;

    private static final Weight DENSE = new Weight(Shape.of(60, 25), new Fan(60, 25));
    private static final Weight WIDE = new Weight(Shape.of(24, 70), new Fan(24, 70));
    private static final Weight CONVOLUTION = new Weight(Shape.of(16, 27), new Fan(27, 144));
    private static final Weight LARGE = new Weight(Shape.of(240, 100), new Fan(240, 100));

    private InitializerClauses() {}

    private record Weight(Shape shape, Fan fan) {
        float[] filled(Initializer initializer, RandomGenerator random) {
            float[] w = Floats.poisoned(shape.size());
            initializer.fill(w, 0, w.length, shape, fan, random);
            return w;
        }

        @Override
        public String toString() {
            return "a weight of " + shape + " with fan " + fan.in() + " in, " + fan.out() + " out";
        }
    }

    /** A stream that is not the engine's own class, and counts what is drawn. */
    private static final class Counting implements RandomGenerator {
        private final KeyedRandom random;
        private long draws;

        Counting(KeyedRandom random) {
            this.random = random;
        }

        @Override
        public long nextLong() {
            draws++;
            return random.nextLong();
        }
    }

    private static void range(Subject<Initializer> subject) {
        for (Weight weight : List.of(DENSE, WIDE, CONVOLUTION)) {
            int from = 10;
            int to = from + weight.shape.size();
            float[] w = Floats.poisoned(to + 30);
            subject.fresh().fill(w, from, to, weight.shape, weight.fan, subject.random("range"));
            Floats.requireUntouched(w, Floats.POISON, from, to, "fill", "w");
        }
    }

    private static void complete(Subject<Initializer> subject) {
        Initializer initializer = subject.fresh();
        for (Weight weight : List.of(DENSE, WIDE, CONVOLUTION, new Weight(Shape.of(1, 1), new Fan(1, 1)))) {
            float[] w = weight.filled(initializer, subject.random("complete"));
            Floats.requireOnly(w, 0, w.length, "fill", "w");
            for (int i = 0; i < w.length; i++) {
                if (!Float.isFinite(w[i])) {
                    throw new Violation("w[" + i + "] of " + weight + " is not finite", w[i], "a finite value");
                }
            }
        }
    }

    private static void stateless(Subject<Initializer> subject) {
        Initializer initializer = subject.fresh();
        WIDE.filled(initializer, subject.random("warm"));
        Map<String, Object> before = StateProbe.look(initializer);
        DENSE.filled(initializer, subject.random("state"));
        StateProbe.requireUnchanged(initializer, before, "fill");
    }

    /** A pattern, such as the identity matrix, needs no stream; it has few different values. */
    private static void usesStream(Subject<Initializer> subject) {
        Counting random = new Counting(subject.random("stream"));
        float[] w = DENSE.filled(subject.fresh(), random);
        float[] sorted = w.clone();
        Arrays.sort(sorted);
        int different = 1;
        for (int i = 1; i < sorted.length; i++) {
            different += sorted[i] != sorted[i - 1] ? 1 : 0;
        }
        if (random.draws == 0 && different > 16) {
            throw new Violation(
                    "fill draws nothing from the stream that it is given, but its values differ",
                    different + " different values",
                    "random values from the given stream");
        }
    }

    private static void deterministic(Subject<Initializer> subject) {
        Initializer initializer = subject.fresh();
        float[] first = DENSE.filled(initializer, subject.random("again"));
        WIDE.filled(initializer, subject.random("between"));
        Floats.requireSame(
                DENSE.filled(initializer, subject.random("again")),
                first,
                "fill from the same stream again differs, w");
        Floats.requireSame(
                DENSE.filled(subject.fresh(), subject.random("again")),
                first,
                "fill of a second instance from the same stream differs, w");
        int from = 10;
        float[] larger = new float[from + first.length];
        initializer.fill(larger, from, larger.length, DENSE.shape, DENSE.fan, subject.random("again"));
        Floats.requireSame(
                Arrays.copyOfRange(larger, from, larger.length),
                first,
                "fill from the same stream differs where the weight lies elsewhere in the array, w");
    }

    /** Returns the weights from a few streams. */
    private static float[][] drawn(Subject<Initializer> subject, Weight weight) {
        Initializer initializer = subject.fresh();
        float[][] drawn = new float[STREAMS][];
        for (int i = 0; i < STREAMS; i++) {
            drawn[i] = weight.filled(initializer, subject.random("weight " + i));
        }
        return drawn;
    }

    private static void streams(Subject<Initializer> subject) {
        float[][] drawn = drawn(subject, DENSE);
        Moments all = new Moments(drawn);
        if (all.variance == 0) {
            throw new NotApplicable("its values are all the same");
        }
        if (Arrays.equals(drawn[0], drawn[1])) {
            throw new Violation("two streams give the same weight", "the same", "different values");
        }
        int row = DENSE.shape.plane();
        requireUncorrelated(all.correlation(drawn, 0, row), "values of neighbouring rows of a weight");
        requireUncorrelated(all.correlation(drawn, 0, 1), "neighbouring values of a weight");
        requireUncorrelated(all.correlation(drawn, 1, 0), "the values from two streams");
    }

    private static void requireUncorrelated(double correlation, String what) {
        double bound = ERRORS / Math.sqrt((double) STREAMS * DENSE.shape.size());
        if (!(Math.abs(correlation) <= bound)) {
            throw new Violation(what + " are correlated", (float) correlation, "0 to within " + (float) bound);
        }
    }

    private static void moments(Subject<Initializer> subject) {
        float[][] drawn = drawn(subject, DENSE);
        Moments first = new Moments(Arrays.copyOf(drawn, STREAMS / 2));
        Moments second = new Moments(Arrays.copyOfRange(drawn, STREAMS / 2, STREAMS));
        if (!(Math.abs(first.mean - second.mean) <= first.meanError() + second.meanError())) {
            throw new Violation(
                    "the mean changes from stream to stream", (float) second.mean, "about " + (float) first.mean);
        }
        requireAbout(
                second.deviation(),
                first.deviation(),
                first.deviationError() + second.deviationError(),
                "the standard deviation changes from stream to stream");
        Moments large = new Moments(Arrays.copyOf(drawn(subject, LARGE), 4));
        Moments all = new Moments(drawn);
        double bound = all.deviation() + all.deviationError() + large.deviationError();
        if (!(large.deviation() <= bound)) {
            throw new Violation(
                    "values spread wider for a larger fan: the standard deviation of " + LARGE,
                    (float) large.deviation(),
                    "at most " + (float) all.deviation() + ", that of " + DENSE);
        }
    }

    private static void fan(Subject<Initializer> subject) {
        InitializerMoments stated = subject.reference(InitializerMoments.class)
                .orElseThrow(() -> new NotApplicable("its author states no moments"));
        for (Weight weight : List.of(DENSE, WIDE, CONVOLUTION)) {
            Moments measured = new Moments(drawn(subject, weight));
            requireAbout(
                    measured.deviation(),
                    stated.deviation(weight.shape, weight.fan),
                    measured.deviationError(),
                    "the standard deviation of " + weight + " is not its author's");
            requireAbout(
                    measured.mean,
                    stated.mean(weight.shape, weight.fan),
                    measured.meanError(),
                    "the mean of " + weight + " is not its author's");
        }
    }

    private static void requireAbout(double measured, double expected, double error, String sentence) {
        if (!(Math.abs(measured - expected) <= error + 1e-6 * Math.abs(expected))) {
            throw new Violation(sentence, (float) measured, (float) expected + " to within " + (float) error);
        }
    }

    private static void threads(Subject<Initializer> subject) {
        Initializer initializer = subject.fresh();
        Concurrently.require(thread -> {
            float[] expected = CONVOLUTION.filled(initializer, subject.random("thread " + thread));
            return () -> Floats.requireSame(
                    CONVOLUTION.filled(initializer, subject.random("thread " + thread)),
                    expected,
                    "fill differs while other threads call it, w");
        });
    }

    /** Mean and variance of all values of several weights, with their errors. */
    private static final class Moments {
        final double mean;
        final double variance;
        private final double fourth;
        private final int count;

        Moments(float[][] weights) {
            count = weights.length * weights[0].length;
            double sum = 0;
            for (float[] w : weights) {
                for (float value : w) {
                    sum += value;
                }
            }
            mean = sum / count;
            double squares = 0;
            double fourths = 0;
            for (float[] w : weights) {
                for (float value : w) {
                    double square = (value - mean) * (value - mean);
                    squares += square;
                    fourths += square * square;
                }
            }
            variance = squares / count;
            fourth = fourths / count;
        }

        double deviation() {
            return Math.sqrt(variance);
        }

        double meanError() {
            return ERRORS * Math.sqrt(variance / count);
        }

        /** The variance of a mean of squares is the fourth moment less the square of the second, divided by the count. */
        double deviationError() {
            double spread = Math.sqrt(Math.max(0, fourth - variance * variance) / count);
            return variance == 0 ? 0 : ERRORS * spread / (2 * deviation());
        }

        /** Returns the correlation of values with those some weights and some places further on, around the end. */
        double correlation(float[][] weights, int weight, int places) {
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                float[] w = weights[k];
                float[] other = weights[(k + weight) % weights.length];
                for (int i = 0; i < w.length; i++) {
                    sum += (w[i] - mean) * (other[(i + places) % w.length] - mean);
                }
            }
            return sum / count / variance;
        }
    }
}

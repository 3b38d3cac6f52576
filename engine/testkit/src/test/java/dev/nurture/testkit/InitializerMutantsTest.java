package dev.nurture.testkit;

import dev.nurture.contracts.InitializerMoments;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

class InitializerMutantsTest extends MutationProof<Initializer> {
    InitializerMutantsTest() {
        super(Initializer.class);
    }

    /** He's: normal with variance {@code 2 / fan_in}. */
    private static class He implements Initializer {
        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            double deviation = deviation(fan);
            for (int i = from; i < to; i++) {
                w[i] = (float) (mean() + deviation * random.nextGaussian());
            }
        }

        double deviation(Fan fan) {
            return Math.sqrt(2.0 / fan.in());
        }

        double mean() {
            return 0;
        }
    }

    @Override
    Initializer sound() {
        return new He();
    }

    @Override
    Subject<Initializer> state(Subject<Initializer> subject) {
        return subject.with(InitializerMoments.class, (shape, fan) -> Math.sqrt(2.0 / fan.in()));
    }

    private static Mutant<Initializer> mutant(String defect, Supplier<Initializer> part, String clause, String words) {
        return new Mutant<>(defect, part, clause, words);
    }

    @Override
    Stream<Mutant<Initializer>> mutants() {
        return Stream.of(
                mutant("wrong fan", WrongFan::new, "fan", "the standard deviation of a weight of 60×25"),
                mutant("factor 2 missing", FactorMissing::new, "fan", "is not its author's: measured 0.12"),
                mutant("variance for deviation", Variance::new, "fan", "is not its author's: measured 0.033"),
                mutant("mean shifted", Shifted::new, "fan", "the mean of a weight"),
                mutant("grows with the fan", Grows::new, "moments", "spread wider for a larger fan"),
                mutant("a generator of its own", OwnRandom::new, "uses_stream", "draws nothing from the stream"),
                mutant("mixes in another generator", Mixed::new, "deterministic", "from the same stream again differs"),
                mutant("goes on where it stopped", GoesOn::new, "stateless", "field calls"),
                mutant("only the first draw is random", OneDraw::new, "streams", "neighbouring values"),
                mutant("the same in each row", SameRows::new, "streams", "neighbouring rows"),
                mutant("one cell too far", TooFar::new, "range", "outside its range"),
                mutant("last cell left out", LastLeftOut::new, "complete", "leaves w[1499] unwritten"),
                mutant("infinite now and then", Infinite::new, "complete", "is not finite"),
                mutant("needs the engine's generator", Cast::new, "uses_stream", "ClassCastException"));
    }

    private static final class WrongFan extends He {
        @Override
        double deviation(Fan fan) {
            return Math.sqrt(2.0 / fan.out());
        }
    }

    private static final class FactorMissing extends He {
        @Override
        double deviation(Fan fan) {
            return Math.sqrt(1.0 / fan.in());
        }
    }

    private static final class Variance extends He {
        @Override
        double deviation(Fan fan) {
            return 2.0 / fan.in();
        }
    }

    private static final class Shifted extends He {
        @Override
        double mean() {
            return 0.01;
        }
    }

    private static final class Grows extends He {
        @Override
        double deviation(Fan fan) {
            return Math.sqrt(fan.in() / 2.0);
        }
    }

    private static final class OwnRandom extends He {
        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            super.fill(w, from, to, shape, fan, new Random(42));
        }
    }

    private static final class Mixed extends He {
        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            super.fill(w, from, to, shape, fan, new Random(random.nextLong() + System.nanoTime()));
        }
    }

    private static final class GoesOn extends He {
        private int calls;

        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            super.fill(w, from, to, shape, fan, new KeyedRandom(random.nextLong() + calls++));
        }
    }

    private static final class OneDraw extends He {
        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            double start = random.nextGaussian();
            for (int i = from; i < to; i++) {
                w[i] = (float) (deviation(fan) * Math.sqrt(2) * Math.sin(start + Math.PI / 50 * (i - from)));
            }
        }
    }

    private static final class SameRows extends He {
        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            int row = shape.plane();
            super.fill(w, from, from + row, shape, fan, random);
            for (int i = from + row; i < to; i++) {
                w[i] = w[i - row];
            }
        }
    }

    private static final class TooFar extends He {
        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            super.fill(w, from, to + 1, shape, fan, random);
        }
    }

    private static final class LastLeftOut extends He {
        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            super.fill(w, from, to - 1, shape, fan, random);
        }
    }

    private static final class Infinite extends He {
        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            for (int i = from; i < to; i++) {
                int draw = random.nextInt(100);
                w[i] = 1f / draw;
            }
        }
    }

    private static final class Cast extends He {
        @Override
        public void fill(float[] w, int from, int to, Shape shape, Fan fan, RandomGenerator random) {
            super.fill(w, from, to, shape, fan, (KeyedRandom) random);
        }
    }
}

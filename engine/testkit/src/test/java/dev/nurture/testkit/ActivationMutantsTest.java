package dev.nurture.testkit;

import dev.nurture.contracts.ActivationFormula;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Activation;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

class ActivationMutantsTest extends MutationProof<Activation> {
    ActivationMutantsTest() {
        super(Activation.class);
    }

    /** SiLU, {@code x·σ(x)}. */
    private static class Silu implements Activation {
        float value(float x) {
            return (float) (x / (1 + Math.exp(-x)));
        }

        float slope(float x) {
            double sigma = 1 / (1 + Math.exp(-x));
            return (float) (sigma + x * sigma * (1 - sigma));
        }

        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = value(x[i]);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = dy[i] * slope(x[i]);
            }
        }
    }

    @Override
    Activation sound() {
        return new Silu();
    }

    @Override
    Subject<Activation> state(Subject<Activation> subject) {
        return subject.with(ActivationFormula.class, x -> x / (1 + Math.exp(-x)));
    }

    private static Mutant<Activation> mutant(
            String defect, java.util.function.Supplier<Activation> part, String clause, String words) {
        return new Mutant<>(defect, part, clause, words);
    }

    @Override
    Stream<Mutant<Activation>> mutants() {
        return Stream.of(
                mutant("slope 1 % off", SlopeOff::new, "gradient", "is not the slope of forward"),
                mutant("slope without a factor", FactorMissing::new, "gradient", "is not the slope of forward"),
                mutant("slope of the other sign below zero", OtherSign::new, "gradient", "is not the slope of forward"),
                mutant("dx without dy", WithoutDy::new, "gradient", "is not the slope of forward"),
                mutant("forward one cell too far", ForwardTooFar::new, "range", "forward writes y[64], outside"),
                mutant("backward one cell too far", BackwardTooFar::new, "range", "backward writes dx[64], outside"),
                mutant("one cell too early", TooEarly::new, "range", "forward writes y[15], outside"),
                mutant("last cell left out", LastLeftOut::new, "range", "leaves y[63] unwritten"),
                mutant("reads a neighbour", ReadsNeighbour::new, "range", "looks at x outside it"),
                mutant("changes x", ChangesX::new, "inputs", "forward changes its input x["),
                mutant("changes dy", ChangesDy::new, "inputs", "backward changes its input dy["),
                mutant("scratch array in a field", Scratch::new, "stateless", "field scratch"),
                mutant("static cache", StaticCache::new, "stateless", "field CACHE"),
                mutant("counts its calls", CountsCalls::new, "stateless", "field calls"),
                mutant("restarts each range", PerRange::new, "split", "forward in several ranges differs"),
                mutant("backward in two passes", TwoPasses::new, "in_place", "backward differs when dx is dy"),
                mutant("forward in two passes", ForwardInTwo::new, "in_place", "forward differs when y is x"),
                mutant("NaN swallowed", NanSwallowed::new, "nan", "turns NaN into a number"),
                mutant("infinity clamped", Clamped::new, "infinity", "turns Infinity into an ordinary value"),
                mutant("overflow at 88", Overflow::new, "extremes", "forward at 88.0 is no number"),
                mutant("another function", Another::new, "formula", "is not the formula's"),
                mutant("claims to be the identity", NotIdentity::new, "identity", "left out, but it changes values"),
                mutant("allocates in forward", Allocates::new, "no_garbage", "forward allocates memory"),
                new Mutant<>("never returns", Endless::new, "range", "does not return within", Duration.ofSeconds(1)));
    }

    private static final class SlopeOff extends Silu {
        @Override
        float slope(float x) {
            return 1.01f * super.slope(x);
        }
    }

    private static final class FactorMissing extends Silu {
        @Override
        float slope(float x) {
            double sigma = 1 / (1 + Math.exp(-x));
            return (float) (sigma + x * sigma);
        }
    }

    private static final class OtherSign extends Silu {
        @Override
        float slope(float x) {
            return x < 0 ? -super.slope(x) : super.slope(x);
        }
    }

    private static final class WithoutDy extends Silu {
        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = slope(x[i]);
            }
        }
    }

    private static final class ForwardTooFar extends Silu {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            super.forward(x, y, from, to + 1);
        }
    }

    private static final class BackwardTooFar extends Silu {
        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            super.backward(x, y, dy, dx, from, to + 1);
        }
    }

    private static final class TooEarly extends Silu {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            super.forward(x, y, from - 1, to);
        }
    }

    private static final class LastLeftOut extends Silu {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            super.forward(x, y, from, to - 1);
        }
    }

    private static final class ReadsNeighbour extends Silu {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = value((x[i] + x[Math.min(i + 1, x.length - 1)]) / 2);
            }
        }
    }

    private static final class ChangesX extends Silu {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            super.forward(x, y, from, to);
            if (x != y) {
                Arrays.fill(x, from, to, 0);
            }
        }
    }

    private static final class ChangesDy extends Silu {
        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dy[i] *= slope(x[i]);
                dx[i] = dy[i];
            }
        }
    }

    private static final class Scratch extends Silu {
        private float[] scratch = new float[0];

        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            if (scratch.length < x.length) {
                scratch = new float[x.length];
            }
            super.forward(x, scratch, from, to);
            System.arraycopy(scratch, from, y, from, to - from);
        }
    }

    private static final class StaticCache extends Silu {
        private static final Map<Float, Float> CACHE = new HashMap<>();

        @Override
        float value(float x) {
            synchronized (CACHE) {
                return CACHE.computeIfAbsent(x, super::value);
            }
        }
    }

    private static final class CountsCalls extends Silu {
        private int calls;

        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            calls++;
            super.forward(x, y, from, to);
        }
    }

    /** Centres what it is given: a matter of the range. */
    private static final class PerRange extends Silu {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                // The first of a long range is taken for an outlier.
                y[i] = i == from && to - from == 37 ? 0 : value(x[i]);
            }
        }
    }

    private static final class TwoPasses extends Silu {
        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = slope(x[i]);
            }
            for (int i = from; i < to; i++) {
                dx[i] *= dy[i];
            }
        }
    }

    private static final class ForwardInTwo extends Silu {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) (1 / (1 + Math.exp(-x[i])));
            }
            for (int i = from; i < to; i++) {
                y[i] *= x[i];
            }
        }
    }

    private static final class NanSwallowed extends Silu {
        @Override
        float value(float x) {
            return x > -50 ? super.value(x) : 0;
        }
    }

    private static final class Clamped extends Silu {
        @Override
        float value(float x) {
            return super.value(Float.isInfinite(x) ? Math.copySign(6, x) : x);
        }
    }

    private static final class Overflow extends Silu {
        @Override
        float value(float x) {
            float up = (float) Math.exp(2 * x);
            return x * (up / (up + 1));
        }

        @Override
        float slope(float x) {
            double sigma = 1 / (1 + Math.exp(-2 * x));
            return (float) (sigma + 2 * x * sigma * (1 - sigma));
        }
    }

    private static final class Another extends Silu {
        @Override
        float value(float x) {
            return 1.01f * super.value(x);
        }

        @Override
        float slope(float x) {
            return 1.01f * super.slope(x);
        }
    }

    private static final class NotIdentity extends Silu {
        @Override
        public boolean identity() {
            return true;
        }
    }

    private static final class Allocates extends Silu {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            super.forward(x.clone(), y, from, to);
        }
    }

    private static final class Endless extends Silu {
        @Override
        public void forward(float[] x, float[] y, int from, int to) {
            // Ends with the test: the examination interrupts what does not return.
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }
    }
}

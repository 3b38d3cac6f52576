package dev.nurture.testkit;

import dev.nurture.contracts.OptimizerReference;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Optimizer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

class OptimizerMutantsTest extends MutationProof<Optimizer> {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float DECAY = 0.01f;

    OptimizerMutantsTest() {
        super(Optimizer.class);
    }

    /** AdamW. */
    private static class AdamW implements Optimizer {
        @Override
        public List<String> slots() {
            return List.of("m", "v");
        }

        @Override
        public float learningRate() {
            return 1e-3f;
        }

        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            for (int i = from; i < to; i++) {
                w[i] = moved(w[i], g[i], slots, i, step);
            }
        }

        float moved(float w, float g, float[][] slots, int i, Step step) {
            slots[0][i] = momentum() * slots[0][i] + (1 - momentum()) * g;
            slots[1][i] = BETA2 * slots[1][i] + (1 - BETA2) * g * g;
            return w - rate(step) * (change(slots[0][i], slots[1][i], number(step)) + decay(step) * w);
        }

        float change(float m, float v, long t) {
            double first = m / (1 - Math.pow(BETA1, t));
            double second = v / (1 - Math.pow(BETA2, t));
            return (float) (first / (Math.sqrt(second) + EPSILON));
        }

        float momentum() {
            return BETA1;
        }

        float rate(Step step) {
            return step.learningRate();
        }

        long number(Step step) {
            return step.number();
        }

        float decay(Step step) {
            return step.decays() ? DECAY : 0;
        }
    }

    @Override
    Optimizer sound() {
        return new AdamW();
    }

    @Override
    Subject<Optimizer> state(Subject<Optimizer> subject) {
        return subject.with(OptimizerReference.class, (w, g, slots, step) -> {
            slots[0] = 0.9 * slots[0] + 0.1 * g;
            slots[1] = 0.999 * slots[1] + 0.001 * g * g;
            double first = slots[0] / (1 - Math.pow(0.9, step.number()));
            double second = slots[1] / (1 - Math.pow(0.999, step.number()));
            double decayed = step.decays() ? 0.01 * w : 0;
            return w - step.learningRate() * (first / (Math.sqrt(second) + 1e-8) + decayed);
        });
    }

    private static Mutant<Optimizer> mutant(String defect, Supplier<Optimizer> part, String clause, String words) {
        return new Mutant<>(defect, part, clause, words);
    }

    @Override
    Stream<Mutant<Optimizer>> mutants() {
        return Stream.of(
                mutant("bias correction missing", Uncorrected::new, "reference", "step 1 on a quadratic"),
                mutant("epsilon forgotten", NoEpsilon::new, "zero_gradient", "into NaN, as 0/0 does"),
                mutant("momentum in a field", FieldMomentum::new, "stateless", "field momentum"),
                mutant("momentum where no probe sees it", HiddenMomentum::new, "resume", "of a fresh instance"),
                mutant("steps counted in a field", OwnCounter::new, "stateless", "field steps"),
                mutant("a slot never used", UnusedSlot::new, "slots", "slot 'best' is never used"),
                mutant("slots swapped", Swapped::new, "reference", "elsewhere than its author's rule"),
                mutant("two slots of one name", SameNames::new, "slots", "two slots are called 'm'"),
                mutant("decays biases", DecaysBiases::new, "zero_gradient", "though step.decays() is false"),
                mutant("ignores the schedule", OwnRate::new, "learning_rate", "is not 2.0 times as long"),
                mutant("no learning rate", NoRate::new, "learning_rate", "learningRate() is no step size"),
                mutant("one cell too far", TooFar::new, "range", "update writes w[64], outside"),
                mutant("last cell left out", LastLeftOut::new, "range", "does not cover it"),
                mutant("scales g in place", ScalesG::new, "inputs", "update changes its input g["),
                mutant("sign flipped", Uphill::new, "direction", "does not go against the gradient"),
                mutant("momentum 1 % off", MomentumOff::new, "reference", "elsewhere than its author's rule"),
                mutant("a range's own scale", PerRange::new, "split", "in several ranges differs"),
                mutant("NaN swallowed", NanSwallowed::new, "nan", "takes a gradient of NaN for an ordinary one"),
                mutant("square overflows", Overflow::new, "finite", "with a gradient of 1.0E10"),
                mutant("drives away after a few steps", Wanders::new, "descent", "does not lower a quadratic"),
                mutant("allocates", Allocates::new, "no_garbage", "update allocates memory"));
    }

    private static final class Uncorrected extends AdamW {
        @Override
        float change(float m, float v, long t) {
            return (float) (m / (Math.sqrt(v) + EPSILON));
        }
    }

    private static final class NoEpsilon extends AdamW {
        @Override
        float change(float m, float v, long t) {
            return (float) (m / (1 - Math.pow(BETA1, t)) / Math.sqrt(v / (1 - Math.pow(BETA2, t))));
        }
    }

    /** Momentum whose velocity lies in the optimizer. */
    private static final class FieldMomentum extends AdamW {
        private final float[] momentum = new float[4096];

        @Override
        public List<String> slots() {
            return List.of();
        }

        @Override
        float moved(float w, float g, float[][] slots, int i, Step step) {
            momentum[i] = BETA1 * momentum[i] - step.learningRate() * g;
            return w + momentum[i];
        }
    }

    private static final class HiddenMomentum extends AdamW {
        private final ThreadLocal<float[]> hidden = ThreadLocal.withInitial(() -> new float[4096]);

        @Override
        public List<String> slots() {
            return List.of();
        }

        @Override
        float moved(float w, float g, float[][] slots, int i, Step step) {
            float[] velocity = hidden.get();
            velocity[i] = BETA1 * velocity[i] - step.learningRate() * g;
            return w + velocity[i];
        }
    }

    private static final class OwnCounter extends AdamW {
        private long steps;

        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            steps++;
            super.update(w, g, slots, from, to, step);
        }

        @Override
        long number(Step step) {
            return steps;
        }
    }

    private static final class UnusedSlot extends AdamW {
        @Override
        public List<String> slots() {
            return List.of("m", "v", "best");
        }
    }

    private static final class Swapped extends AdamW {
        @Override
        public List<String> slots() {
            return List.of("v", "m");
        }

        @Override
        float moved(float w, float g, float[][] slots, int i, Step step) {
            slots[1][i] = BETA1 * slots[0][i] + (1 - BETA1) * g;
            slots[0][i] = BETA2 * slots[1][i] + (1 - BETA2) * g;
            return w - rate(step) * slots[1][i];
        }
    }

    private static final class SameNames extends AdamW {
        @Override
        public List<String> slots() {
            return List.of("m", "m");
        }
    }

    private static final class DecaysBiases extends AdamW {
        @Override
        float decay(Step step) {
            return DECAY;
        }
    }

    private static final class OwnRate extends AdamW {
        @Override
        float rate(Step step) {
            return learningRate();
        }
    }

    private static final class NoRate extends AdamW {
        @Override
        public float learningRate() {
            return 0;
        }
    }

    private static final class TooFar extends AdamW {
        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            super.update(w, g, slots, from, to + 1, step);
        }
    }

    private static final class LastLeftOut extends AdamW {
        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            super.update(w, g, slots, from, to - 1, step);
        }
    }

    private static final class ScalesG extends AdamW {
        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            for (int i = from; i < to; i++) {
                g[i] *= 0.5f;
            }
            super.update(w, g, slots, from, to, step);
        }
    }

    private static final class Uphill extends AdamW {
        @Override
        float change(float m, float v, long t) {
            return -super.change(m, v, t);
        }
    }

    private static final class MomentumOff extends AdamW {
        @Override
        float momentum() {
            return 1.01f * BETA1;
        }
    }

    /** Longer ranges take shorter steps. */
    private static final class PerRange extends AdamW {
        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            for (int i = from; i < to; i++) {
                float moved = moved(w[i], g[i], slots, i, step);
                w[i] = to - from == 7 ? (w[i] + moved) / 2 : moved;
            }
        }
    }

    private static final class NanSwallowed extends AdamW {
        @Override
        float moved(float w, float g, float[][] slots, int i, Step step) {
            return super.moved(w, Float.isNaN(g) ? 0 : g, slots, i, step);
        }
    }

    private static final class Overflow extends AdamW {
        @Override
        float moved(float w, float g, float[][] slots, int i, Step step) {
            float fourth = g * g * g * g;
            return super.moved(w, g * (float) Math.sqrt(fourth / (fourth + EPSILON)), slots, i, step);
        }

        @Override
        float change(float m, float v, long t) {
            return m;
        }
    }

    private static final class Wanders extends AdamW {
        @Override
        float change(float m, float v, long t) {
            return t > 8 ? -super.change(m, v, t) : super.change(m, v, t);
        }
    }

    private static final class Allocates extends AdamW {
        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            super.update(w, g.clone(), slots, from, to, step);
        }
    }
}

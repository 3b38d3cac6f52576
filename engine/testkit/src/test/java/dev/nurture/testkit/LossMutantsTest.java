package dev.nurture.testkit;

import dev.nurture.contracts.LossReference;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Targets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

class LossMutantsTest extends MutationProof<Loss> {
    LossMutantsTest() {
        super(Loss.class);
    }

    /** Softmax and cross-entropy, in pieces that mutants replace. */
    private static class CrossEntropy implements Loss {
        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            if (targets.labels() == null) {
                throw new IllegalArgumentException("needs classes");
            }
            double total = 0;
            for (int row = 0; row < batch; row++) {
                int start = row * width;
                int label = start + label(targets.labels()[row], width);
                double greatest = greatest(output, start, width);
                double sum = 0;
                for (int i = start; i < start + width; i++) {
                    sum += Math.exp(output[i] - greatest);
                }
                total += Math.log(sum) + greatest - output[label];
                for (int i = start; wanted(gradient) && i < start + width; i++) {
                    double p = Math.exp(output[i] - greatest) / sum;
                    gradient[i] = (float) ((p - (i == label ? 1 : 0)) * share(batch));
                }
            }
            return total / divisor(batch);
        }

        int label(int label, int width) {
            return label;
        }

        double greatest(float[] output, int start, int width) {
            float greatest = output[start];
            for (int i = start; i < start + width; i++) {
                greatest = Math.max(greatest, output[i]);
            }
            return greatest;
        }

        boolean wanted(float[] gradient) {
            return gradient != null;
        }

        double share(int batch) {
            return 1.0 / batch;
        }

        double divisor(int batch) {
            return batch;
        }

        @Override
        public double initial(int width) {
            return Math.log(width);
        }

        @Override
        public void predict(float[] output, int batch, int width) {
            for (int row = 0; row < batch; row++) {
                int start = row * width;
                double greatest = greatest(output, start, width);
                double sum = 0;
                for (int i = start; i < start + width; i++) {
                    sum += Math.exp(output[i] - greatest);
                }
                for (int i = start; i < start + width; i++) {
                    output[i] = (float) (Math.exp(output[i] - greatest) / sum);
                }
            }
        }
    }

    @Override
    Loss sound() {
        return new CrossEntropy();
    }

    @Override
    Subject<Loss> state(Subject<Loss> subject) {
        return subject.with(LossReference.class, (output, target) -> {
            double sum = Arrays.stream(output).map(Math::exp).sum();
            double loss = 0;
            for (int j = 0; j < output.length; j++) {
                loss -= target[j] * Math.log(Math.exp(output[j]) / sum);
            }
            return loss;
        });
    }

    private static Mutant<Loss> mutant(String defect, Supplier<Loss> part, String clause, String words) {
        return new Mutant<>(defect, part, clause, words);
    }

    @Override
    Stream<Mutant<Loss>> mutants() {
        return Stream.of(
                mutant(
                        "sum for mean",
                        SumForMean::new,
                        "mean",
                        "the loss of a batch changes when every row is there twice"),
                mutant("gradient not divided by the batch", Undivided::new, "mean", "the gradient does not halve"),
                mutant("sign flipped", Flipped::new, "sign", "the gradient at outputs of zero does not point away"),
                mutant("label one off", LabelOff::new, "sign", "does not fall when the outputs of a row move towards"),
                mutant("gradient 1 % off", GradientOff::new, "gradient", "is not the slope of the loss"),
                mutant("overflow of exponentials", Overflow::new, "extremes", "is not finite"),
                mutant("gradient always wanted", AlwaysWanted::new, "no_gradient", "NullPointerException"),
                mutant("rows leak", Leaks::new, "rows", "the gradient of row 0 changes with other rows"),
                mutant("changes outputs", ChangesOutput::new, "inputs", "evaluate changes its input output["),
                mutant("one cell too far", TooFar::new, "range", "evaluate writes gradient[12], outside"),
                mutant("remembers the greatest", Remembers::new, "stateless", "field record"),
                mutant("initial loss of another base", WrongInitial::new, "initial", "initial(2) is not the loss"),
                mutant("NaN swallowed", NanSwallowed::new, "nan", "the loss hides a NaN"),
                mutant("probabilities of another sum", WrongSum::new, "predict", "do not add up to one"),
                mutant("likeliest is least likely", Reversed::new, "predict", "is not the greatest that predict shows"),
                mutant("smooths labels unasked", Smooths::new, "formula", "is not the formula's"),
                mutant("claims to take values", ClaimsValues::new, "accepts", "regression() is true, but values"),
                mutant("allocates", Allocates::new, "no_garbage", "evaluate allocates memory"));
    }

    private static final class SumForMean extends CrossEntropy {
        @Override
        double divisor(int batch) {
            return 1;
        }

        @Override
        double share(int batch) {
            return 1;
        }
    }

    private static final class Undivided extends CrossEntropy {
        @Override
        double share(int batch) {
            return 1;
        }
    }

    private static final class Flipped extends CrossEntropy {
        @Override
        double share(int batch) {
            return -1.0 / batch;
        }
    }

    private static final class GradientOff extends CrossEntropy {
        @Override
        double share(int batch) {
            return 1.01 / batch;
        }
    }

    private static final class LabelOff extends CrossEntropy {
        @Override
        int label(int label, int width) {
            return (label + 1) % width;
        }
    }

    private static final class Overflow extends CrossEntropy {
        @Override
        double greatest(float[] output, int start, int width) {
            return 0 * super.greatest(output, start, width);
        }
    }

    private static final class AlwaysWanted extends CrossEntropy {
        @Override
        boolean wanted(float[] gradient) {
            return true;
        }
    }

    private static final class Leaks extends CrossEntropy {
        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            double loss = super.evaluate(output, targets, gradient, batch, width);
            for (int i = 0; gradient != null && i < batch * width; i++) {
                gradient[i] += 0.01f * output[(i + width) % (batch * width)];
            }
            return loss;
        }
    }

    private static final class ChangesOutput extends CrossEntropy {
        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            double loss = super.evaluate(output, targets, gradient, batch, width);
            predict(output, batch, width);
            return loss;
        }
    }

    private static final class TooFar extends CrossEntropy {
        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            double loss = super.evaluate(output, targets, gradient, batch, width);
            if (gradient != null && gradient.length > batch * width) {
                gradient[batch * width] = 0;
            }
            return loss;
        }
    }

    private static final class Remembers extends CrossEntropy {
        private double record;

        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            double loss = super.evaluate(output, targets, gradient, batch, width);
            record += loss;
            return loss;
        }
    }

    private static final class WrongInitial extends CrossEntropy {
        @Override
        public double initial(int width) {
            return Math.log10(width);
        }
    }

    private static final class NanSwallowed extends CrossEntropy {
        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            double loss = super.evaluate(output, targets, gradient, batch, width);
            return Double.isNaN(loss) ? 0 : loss;
        }
    }

    private static final class WrongSum extends CrossEntropy {
        @Override
        public void predict(float[] output, int batch, int width) {
            for (int i = 0; i < batch * width; i++) {
                output[i] = (float) (1 / (1 + Math.exp(-output[i])));
            }
        }
    }

    private static final class Reversed extends CrossEntropy {
        @Override
        public void predict(float[] output, int batch, int width) {
            for (int i = 0; i < batch * width; i++) {
                output[i] = -output[i];
            }
            super.predict(output, batch, width);
        }
    }

    private static final class Smooths extends CrossEntropy {
        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            double loss = 0.99 * super.evaluate(output, targets, gradient, batch, width) + 0.01 * initial(width);
            for (int i = 0; gradient != null && i < batch * width; i++) {
                gradient[i] *= 0.99f;
            }
            return loss;
        }
    }

    private static final class ClaimsValues extends CrossEntropy {
        @Override
        public boolean regression() {
            return true;
        }
    }

    private static final class Allocates extends CrossEntropy {
        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            return super.evaluate(output.clone(), targets, gradient, batch, width);
        }
    }
}

package dev.nurture.contracts;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Defects of layers without weights: dropout, pooling, maxout. */
class StatelessLayerMutantsTest {
    private enum DropoutDefect implements Mutants.Defect {
        NONE(Mutants.HEALTHY),
        ACTIVE_IN_EVALUATION("evaluation: draws random numbers out of training"),
        NOT_INVERTED("expectation: but a multiple: measured 0."),
        REDRAWN_IN_BACKWARD("gradient: backward's dx"),
        NOT_APPLIED_IN_BACKWARD("gradient: backward's dx");

        private final String expected;

        DropoutDefect(String expected) {
            this.expected = expected;
        }

        @Override
        public String expected() {
            return expected;
        }
    }

    private enum PoolingDefect implements Mutants.Defect {
        NONE(Mutants.HEALTHY),
        GRADIENT_TO_THE_CORNER("gradient: backward's dx"),
        DX_OFF_BY_1_PERCENT("gradient: backward's dx"),
        GRADIENT_TO_ALL("gradient: backward's dx"),
        STARTS_AT_ZERO("nan: turns a row of NaN into numbers");

        private final String expected;

        PoolingDefect(String expected) {
            this.expected = expected;
        }

        @Override
        public String expected() {
            return expected;
        }
    }

    private enum MaxoutDefect implements Mutants.Defect {
        NONE(Mutants.HEALTHY),
        SAYS_ONE_INPUT_A_UNIT("inputs_per_unit: inputs of shape 1 are refused"),
        SAYS_NO_INPUT_A_UNIT("inputs_per_unit: is not positive"),
        GIVES_A_VECTOR("inputs_per_unit: give another shape");

        private final String expected;

        MaxoutDefect(String expected) {
            this.expected = expected;
        }

        @Override
        public String expected() {
            return expected;
        }
    }

    @TestFactory
    Stream<DynamicTest> defectsOfDropoutAreFoundAndNamed() {
        return Mutants.tests(Layer.class, DropoutDefect.values(), Dropout::new);
    }

    @TestFactory
    Stream<DynamicTest> defectsOfPoolingAreFoundAndNamed() {
        return Mutants.tests(Layer.class, PoolingDefect.values(), MaxPool::new);
    }

    @TestFactory
    Stream<DynamicTest> defectsOfMaxoutAreFoundAndNamed() {
        return Mutants.tests(ActivationLayer.class, MaxoutDefect.values(), Maxout::new);
    }

    /** Inverted dropout of one half. */
    private static final class Dropout implements Layer {
        private final DropoutDefect defect;
        private int size;
        private long stream;

        Dropout(DropoutDefect defect) {
            this.defect = defect;
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            size = input.size();
            stream = variables.stream();
            return input;
        }

        private float kept(long key, int i) {
            return KeyedRandom.uniform(key, i) < 0.5 ? 0 : defect == DropoutDefect.NOT_INVERTED ? 1 : 2;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            boolean active = pass.training() || defect == DropoutDefect.ACTIVE_IN_EVALUATION;
            for (int i = 0; i < batch * size; i++) {
                y[i] = active ? x[i] * kept(pass.key(stream), i) : x[i];
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            long key = pass.key(defect == DropoutDefect.REDRAWN_IN_BACKWARD ? stream + 1 : stream);
            for (int i = 0; i < batch * size && dx != null; i++) {
                dx[i] = defect == DropoutDefect.NOT_APPLIED_IN_BACKWARD ? dy[i] : dy[i] * kept(key, i);
            }
        }
    }

    @Test
    void aSlopeOffByOnePercentIsFoundAtEverySeed() {
        Mutants.requireFoundAtEverySeed(Layer.class, "gradient", () -> new MaxPool(PoolingDefect.DX_OFF_BY_1_PERCENT));
    }

    /** The greatest of each pair of neighbours in a line of an image. */
    private static final class MaxPool implements Layer {
        private final PoolingDefect defect;
        private int lines;
        private int width;
        private int pairs;

        MaxPool(PoolingDefect defect) {
            this.defect = defect;
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            if (input.rank() != 3) {
                throw new IllegalArgumentException("takes images, not " + input);
            }
            width = input.extent(2);
            lines = input.size() / width;
            pairs = width / 2;
            return Shape.of(input.channels(), input.extent(1), pairs);
        }

        private int place(float[] x, int pair) {
            int left = pair / pairs * width + pair % pairs * 2;
            return x[left] >= x[left + 1] ? left : left + 1;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            for (int pair = 0; pair < batch * lines * pairs; pair++) {
                int left = pair / pairs * width + pair % pairs * 2;
                y[pair] = Math.max(x[left], x[left + 1]);
                if (defect == PoolingDefect.STARTS_AT_ZERO) {
                    y[pair] = y[pair] > -1e30f ? y[pair] : -1e30f;
                }
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            if (dx == null) {
                return;
            }
            Arrays.fill(dx, 0, batch * lines * width, 0);
            for (int pair = 0; pair < batch * lines * pairs; pair++) {
                int left = pair / pairs * width + pair % pairs * 2;
                switch (defect) {
                    case GRADIENT_TO_THE_CORNER -> dx[left] = dy[pair];
                    case GRADIENT_TO_ALL -> {
                        dx[left] = dy[pair];
                        dx[left + 1] = dy[pair];
                    }
                    case DX_OFF_BY_1_PERCENT -> dx[place(x, pair)] = 1.01f * dy[pair];
                    default -> dx[place(x, pair)] = dy[pair];
                }
            }
        }
    }

    /** The greater of two channels. */
    private static final class Maxout implements ActivationLayer {
        private final MaxoutDefect defect;
        private int units;
        private int plane;

        Maxout(MaxoutDefect defect) {
            this.defect = defect;
        }

        @Override
        public int inputsPerUnit() {
            return switch (defect) {
                case SAYS_ONE_INPUT_A_UNIT -> 1;
                case SAYS_NO_INPUT_A_UNIT -> 0;
                default -> 2;
            };
        }

        @Override
        public Shape build(Shape input, Variables variables) {
            if (input.channels() % 2 != 0) {
                throw new IllegalArgumentException("takes pairs of channels, not " + input.channels());
            }
            units = input.channels() / 2;
            plane = input.plane();
            int[] extents = input.toArray();
            extents[0] = units;
            return defect == MaxoutDefect.GIVES_A_VECTOR ? Shape.of(units * plane) : Shape.of(extents);
        }

        private int first(int i) {
            return i / plane * 2 * plane + i % plane;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            for (int i = 0; i < batch * units * plane; i++) {
                y[i] = Math.max(x[first(i)], x[first(i) + plane]);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            for (int i = 0; i < batch * units * plane && dx != null; i++) {
                boolean one = x[first(i)] >= x[first(i) + plane];
                dx[first(i)] = one ? dy[i] : 0;
                dx[first(i) + plane] = one ? 0 : dy[i];
            }
        }
    }
}

package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.plugin.PluginException;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Targets;
import dev.nurture.spi.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that keep to everything but one line of their contract. 28 rows of 2 values to train on, 7 steps an epoch. */
class ContractsTest {
    @TempDir
    Path folder;

    private SmallParts parts;

    @BeforeEach
    void make() {
        parts = new SmallParts(folder);
    }

    private void fails(String message, String... overrides) {
        assertThatThrownBy(() -> {
                    try (Experiment experiment = parts.experiment(overrides)) {
                        experiment.trainer().train((report, best, last) -> {});
                    }
                })
                .isInstanceOf(PluginException.class)
                .hasMessage("plugin small 1 " + message);
    }

    /** A factor that does something more after its forward pass, and after its backward pass. */
    private static class Sloppy extends SmallParts.Factor {
        void forward(float[] x, float[] y, int count) {}

        void backward(float[] x, float[] dy, float[] dx, int count) {}

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            super.forward(x, y, batch, pass);
            forward(x, y, batch * size);
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            super.backward(x, y, dy, dx, batch, pass);
            backward(x, dy, dx, batch * size);
        }
    }

    /** Gives two values, whatever it gets. */
    private static final class Flat extends SmallParts.Factor {
        @Override
        public Shape build(Shape input, Variables variables) {
            return super.build(Shape.of(2), variables);
        }
    }

    private void layerFails(String message, Sloppy layer) {
        parts.add(Layer.class, "sloppy", () -> layer);
        fails(message, "model=[factor, sloppy, factor]");
    }

    @Test
    void aLayerLeavesItsInputAsItIs() {
        layerFails("changed its input; in forward pass of layer sloppy_1, step 1", new Sloppy() {
            @Override
            void forward(float[] x, float[] y, int count) {
                x[count - 1] = Math.nextUp(x[count - 1]);
            }
        });
        layerFails("changed its input; in backward pass of layer sloppy_1, step 8", new Sloppy() {
            @Override
            void backward(float[] x, float[] dy, float[] dx, int count) {
                x[0] = passes > 2 ? -x[0] : x[0];
            }
        });
    }

    @Test
    void aLayerLeavesTheGradientOfItsOutputAsItIs() {
        layerFails("changed the gradient of its output; in backward pass of layer sloppy_1, step 1", new Sloppy() {
            @Override
            void backward(float[] x, float[] dy, float[] dx, int count) {
                float first = dy[0];
                dy[0] = dy[1];
                dy[1] = first;
            }
        });
    }

    @Test
    void aLayerWritesNothingBehindTheBatch() {
        layerFails("wrote beyond its range; in forward pass of layer sloppy_1, step 6", new Sloppy() {
            @Override
            void forward(float[] x, float[] y, int count) {
                y[count] += passes == 6 ? 1e-30f : 0;
            }
        });
        layerFails("wrote beyond its range; in backward pass of layer sloppy_1, step 6", new Sloppy() {
            @Override
            void backward(float[] x, float[] dy, float[] dx, int count) {
                dx[count + 15] = passes == 6 ? 0 : dx[count + 15];
            }
        });
    }

    /** One cell too far reads a guard cell, too, and what it copies is not what stood there. */
    @Test
    void aLayerDoesNotCopyOneCellTooMany() {
        layerFails("wrote beyond its range; in forward pass of layer sloppy_1, step 1", new Sloppy() {
            @Override
            void forward(float[] x, float[] y, int count) {
                System.arraycopy(x, 0, y, 0, count + 1);
            }
        });
        layerFails("wrote beyond its range; in backward pass of layer sloppy_1, step 1", new Sloppy() {
            @Override
            void backward(float[] x, float[] dy, float[] dx, int count) {
                System.arraycopy(dy, 0, dx, 0, count + 1);
            }
        });
        layerFails("wrote beyond its range; in forward pass of layer sloppy_1, step 1", new Sloppy() {
            @Override
            void forward(float[] x, float[] y, int count) {
                x[count] = 0;
            }
        });
    }

    @Test
    void aLayerWritesAllOfItsOutputAndItsGradients() {
        parts.add(Layer.class, "shorter", () -> new SmallParts.Factor() {
            @Override
            public void forward(float[] x, float[] y, int batch, Pass pass) {
                super.forward(x, y, batch - 1, pass);
            }
        });
        fails(
                "left 2 of the 8 values of its output unwritten; in forward pass of layer shorter_1, step 1",
                "model=[factor, shorter]");
        parts.add(Layer.class, "adding", () -> new SmallParts.Factor() {
            @Override
            public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
                for (int i = 0; i < batch * size; i++) {
                    dx[i] += dy[i];
                }
            }
        });
        fails(
                "left 8 of the 8 values of the gradient of its input unwritten; in backward pass of layer adding_1,"
                        + " step 1",
                "model=[factor, adding]");
        parts.add(Layer.class, "frozen", () -> new SmallParts.Factor() {
            @Override
            public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
                System.arraycopy(dy, 0, dx, 0, batch * size);
            }
        });
        fails(
                "left 1 of the 1 values of the gradient of frozen_1.factor unwritten; in backward pass of layer"
                        + " frozen_1, step 1",
                "model=[factor, frozen]");
    }

    @Test
    void aLayerWritesWhatItsShapeSays() {
        parts.add(Layer.class, "flat", Flat::new);
        parts.add(Layer.class, "long", () -> new SmallParts.Factor() {
            @Override
            public Shape build(Shape input, Variables variables) {
                super.build(input, variables);
                return Shape.of(3);
            }
        });
        fails(
                "left 4 of the 12 values of its output unwritten; in forward pass of layer long_1, step 1",
                "model=[long, flat]");
    }

    @Test
    void whatHasNoStackTraceIsLaidAtThePartsDoor() {
        layerFails("failed: ArithmeticException: no trace; in forward pass of layer sloppy_1, step 3", new Sloppy() {
            @Override
            void forward(float[] x, float[] y, int count) {
                if (passes == 3) {
                    ArithmeticException thrown = new ArithmeticException("no trace");
                    thrown.setStackTrace(new StackTraceElement[0]);
                    throw thrown;
                }
            }
        });
    }

    private void lossFails(String message, SmallParts.Square loss) {
        parts.add(Loss.class, "sloppy", () -> loss);
        fails(message, "loss=sloppy");
    }

    @Test
    void aLossChangesNothingButTheGradient() {
        lossFails("changed the outputs; in the loss, step 8", new SmallParts.Square() {
            private int evaluations;

            @Override
            public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
                output[1] += ++evaluations > 1 ? 1 : 0;
                return super.evaluate(output, targets, gradient, batch, width);
            }
        });
        lossFails("changed the targets; in the loss, step 1", new SmallParts.Square() {
            @Override
            public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
                Arrays.sort(targets.values());
                return super.evaluate(output, targets, gradient, batch, width);
            }
        });
        lossFails("left 4 of the 8 values of its gradient unwritten; in the loss, step 1", new SmallParts.Square() {
            @Override
            public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
                return super.evaluate(output, targets, gradient, batch / 2, width);
            }
        });
    }

    @Test
    void aLossIsANumberWhereOutputsAre() {
        lossFails(
                "gave a gradient that is not finite for outputs that are; in the loss, step 1",
                new SmallParts.Square() {
                    @Override
                    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
                        double value = super.evaluate(output, targets, gradient, batch, width);
                        gradient[3] = Float.NEGATIVE_INFINITY;
                        return value;
                    }
                });
        lossFails(
                "gave a loss of NaN for outputs that are finite; in the loss, validation after epoch 1",
                new SmallParts.Square() {
                    @Override
                    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
                        double value = super.evaluate(output, targets, gradient, batch, width);
                        return gradient == null ? Double.NaN : value;
                    }
                });
    }

    /** Of outputs near the end of the range of floats the square is beyond it: that is no fault of the loss. */
    @Test
    void aLossMayOverflowWhereOutputsAreHuge() throws Exception {
        parts.add(Optimizer.class, "leaping", () -> new SmallParts.Descent() {
            @Override
            public float learningRate() {
                return 1e30f;
            }
        });
        try (Experiment experiment = parts.experiment("optimizer=leaping")) {
            Trainer.Outcome outcome = experiment.trainer().train((report, best, last) -> {});
            assertThat(outcome.end()).isEqualTo(Trainer.End.NON_FINITE);
            assertThat(outcome.nonFinite().orElseThrow().place())
                    .isEqualTo("what loss 'square' (plugin small 1) makes of outputs that are finite");
        }
    }

    private void optimizerFails(String message, Optimizer optimizer) {
        parts.add(Optimizer.class, "sloppy", () -> optimizer);
        fails(message, "optimizer=sloppy");
    }

    private static Optimizer withSlots(List<String> first, List<String> then) {
        return new SmallParts.Descent() {
            private int asked;

            @Override
            public List<String> slots() {
                return asked++ == 0 ? first : then;
            }
        };
    }

    @Test
    void anOptimizersSlotsHaveNamesOfTheirOwnForAlways() {
        List<String> missing = new ArrayList<>(Arrays.asList("m", null));
        optimizerFails("declares the slots null; in optimizer 'sloppy'", withSlots(null, null));
        optimizerFails("declares the slots [m, null]; in optimizer 'sloppy'", withSlots(missing, missing));
        optimizerFails(
                "declares the slots [m, m]; in optimizer 'sloppy'", withSlots(List.of("m", "m"), List.of("m", "m")));
        optimizerFails(
                "declares the slots [v], where it had [m]; in the update of factor_1.factor, step 1",
                withSlots(List.of("m"), List.of("v")));
        optimizerFails(
                "declares the slots null, where it had []; in the update of factor_1.factor, step 1",
                withSlots(List.of(), null));
    }

    @Test
    void anOptimizersLearningRateIsANumber() {
        for (float rate : new float[] {Float.NaN, -1, Float.POSITIVE_INFINITY}) {
            optimizerFails("gave a learning rate of " + rate + "; in optimizer 'sloppy'", new SmallParts.Descent() {
                @Override
                public float learningRate() {
                    return rate;
                }
            });
        }
    }

    @Test
    void anOptimizerLeavesGradientAndSlotsWhereTheyAre() {
        optimizerFails("changed the gradient; in the update of factor_1.factor, step 1", new SmallParts.Descent() {
            @Override
            public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
                super.update(w, g, slots, from, to, step);
                g[from] = 0;
            }
        });
        optimizerFails(
                "put another array in the place of slot 'm'; in the update of factor_1.factor, step 4",
                new SmallParts.Descent() {
                    @Override
                    public List<String> slots() {
                        return List.of("m");
                    }

                    @Override
                    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
                        slots[0] = step.number() == 4 ? new float[7] : slots[0];
                    }
                });
    }

    @Test
    void aScheduleGivesAFactorThatMakesARate() {
        for (double factor : new double[] {Double.NaN, -0.5, Double.POSITIVE_INFINITY, 1e300}) {
            parts.add(LearningRateSchedule.class, "sloppy", () -> progress -> progress.step() < 9 ? 0 : factor);
            fails("gave a factor of " + factor + "; in the learning rate schedule, step 10", "schedule=sloppy");
        }
    }

    private static class Copy implements Preprocessor {
        private int size;
        int batches;

        @Override
        public Shape build(Shape input, Variables variables) {
            size = input.size();
            return input;
        }

        @Override
        public void fit(Dataset train) {}

        @Override
        public void apply(float[] x, float[] y, int batch, Pass pass) {
            batches++;
            System.arraycopy(x, 0, y, 0, batch * size);
        }
    }

    private void preprocessorFails(String message, Preprocessor preprocessor) {
        parts.add(Preprocessor.class, "sloppy", () -> preprocessor);
        fails(message, "preprocess=[sloppy]");
    }

    @Test
    void aPreprocessorWritesItsRowsAndNothingElse() {
        preprocessorFails("wrote beyond its range; in preprocess[0] 'sloppy'", new Copy() {
            @Override
            public void apply(float[] x, float[] y, int batch, Pass pass) {
                super.apply(x, y, batch, pass);
                y[2 * batch] = 1;
            }
        });
        preprocessorFails("left 2 of the 56 values of its rows unwritten; in preprocess[0] 'sloppy'", new Copy() {
            @Override
            public void apply(float[] x, float[] y, int batch, Pass pass) {
                super.apply(x, y, batch - 1, pass);
            }
        });
        parts.add(Layer.class, "flat", Flat::new);
        parts.add(Preprocessor.class, "wide", () -> new Copy() {
            @Override
            public Shape build(Shape input, Variables variables) {
                super.build(input, variables);
                return Shape.of(3);
            }
        });
        String did = "left 28 of the 84 values of its rows unwritten; in preprocess[0] 'wide'";
        fails(did, "preprocess=[wide]", "model=[flat]");
        preprocessorFails("wrote beyond its range; in preprocess[0] 'sloppy', step 5", new Copy() {
            @Override
            public boolean augmentation() {
                return true;
            }

            @Override
            public void apply(float[] x, float[] y, int batch, Pass pass) {
                super.apply(x, y, batch, pass);
                y[2 * batch + 1] += batches == 5 ? 1 : 0;
            }
        });
    }

    @Test
    void anInitializerWritesFiniteValues() {
        parts.add(Layer.class, "unset", () -> new SmallParts.Factor() {
            @Override
            public Shape build(Shape input, Variables variables) {
                size = input.size();
                factor = variables.weight("factor", Shape.of(4), new Fan(1, 1), (w, from, to, shape, fan, random) -> {
                    w[0] = 1;
                });
                return input;
            }
        });
        // The class of this initializer is none of a jar's, so it passes for the engine's.
        assertThatThrownBy(() -> parts.experiment("model=unset"))
                .isInstanceOf(PluginException.class)
                .hasMessage("the engine left 3 of the 4 values unwritten; in the initial values of unset_1.factor");
        parts.add(Layer.class, "infinite", () -> new SmallParts.Factor() {
            @Override
            public Shape build(Shape input, Variables variables) {
                size = input.size();
                factor = variables.weight("factor", Shape.of(1), new Fan(1, 1), (w, from, to, shape, fan, random) -> {
                    w[0] = Float.POSITIVE_INFINITY;
                });
                return input;
            }
        });
        assertThatThrownBy(() -> parts.experiment("model=infinite"))
                .hasMessage("the engine gave Infinity as value 0; in the initial values of infinite_1.factor");
        parts.add(Layer.class, "vector", () -> new SmallParts.Factor() {
            @Override
            public Shape build(Shape input, Variables variables) {
                variables.vector("shift", Shape.of(1), Float.NaN);
                return input;
            }
        });
        assertThatThrownBy(() -> parts.experiment("model=[vector]"))
                .hasMessageContaining("model[0]: declares 'vector_1.shift' to begin at NaN, which is not finite");
    }
}

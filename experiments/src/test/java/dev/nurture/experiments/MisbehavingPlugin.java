package dev.nurture.experiments;

import java.io.IOException;
import java.nio.file.Path;

/** A plugin of its own jar whose parts do their work for some steps, and from then on what a setting says. */
final class MisbehavingPlugin {
    static final String NAME = "plugin rogue 3.1";

    /** Each part is right but for its defect: the activation is tanh, the layer and augmentation copy, and so on. */
    private static final String SOURCE = """
            package org.example;

            import dev.nurture.spi.Activation;
            import dev.nurture.spi.Factory;
            import dev.nurture.spi.Layer;
            import dev.nurture.spi.LearningRateSchedule;
            import dev.nurture.spi.Loss;
            import dev.nurture.spi.Normalization;
            import dev.nurture.spi.Optimizer;
            import dev.nurture.spi.Param;
            import dev.nurture.spi.Pass;
            import dev.nurture.spi.Plugin;
            import dev.nurture.spi.Preprocessor;
            import dev.nurture.spi.Shape;
            import dev.nurture.spi.Targets;
            import dev.nurture.spi.Variables;
            import dev.nurture.spi.Dataset;
            import java.util.List;
            import java.util.function.Function;

            public final class RoguePlugin implements Plugin {
                private static final Param<String> DEFECT = Param.text("defect").or("none").doc("what it does wrong");
                private static final Param<Integer> AFTER = Param.integer("after").or(60).doc("steps done right");

                @Override
                public List<Factory<?>> factories() {
                    return List.of(
                            part(Activation.class, "rogue", RogueActivation::new),
                            part(Layer.class, "rogue", RogueLayer::new),
                            part(Normalization.class, "rogue", RogueNormalization::new),
                            part(Optimizer.class, "rogue", RogueOptimizer::new),
                            part(Loss.class, "rogue", RogueLoss::new),
                            part(LearningRateSchedule.class, "rogue", RogueSchedule::new),
                            part(Preprocessor.class, "rogue", RogueAugmentation::new));
                }

                private static <T> Factory<T> part(Class<T> type, String name, Function<Defect, T> create) {
                    return new Factory<>(type, name, name, List.of(DEFECT, AFTER),
                            settings -> create.apply(new Defect(settings.get(DEFECT), settings.get(AFTER))));
                }

                record Defect(String name, int after) {
                    private static volatile long turns;

                    boolean is(String name, long done) {
                        return this.name.equals(name) && done >= after;
                    }

                    void show(String where, long done) {
                        if (is(where + "throws", done)) {
                            throw new IllegalStateException("as it was told");
                        }
                        if (is(where + "sleeps", done)) {
                            try {
                                Thread.sleep(1_000_000);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        }
                        while (is(where + "loops", done)) {
                            turns++;
                        }
                        if (is(where + "exits", done)) {
                            System.exit(0);
                        }
                        if (is(where + "halts", done)) {
                            Runtime.getRuntime().halt(0);
                        }
                    }
                }

                static final class RogueActivation implements Activation {
                    private final Defect defect;
                    private long done;

                    RogueActivation(Defect defect) {
                        this.defect = defect;
                    }

                    @Override
                    public void forward(float[] x, float[] y, int from, int to) {
                        defect.show("", done);
                        for (int i = from; i < to; i++) {
                            y[i] = (float) Math.tanh(x[i]);
                        }
                        if (defect.is("not_finite", done)) {
                            y[from + 3] = Float.NaN;
                        }
                        if (defect.is("beyond", done)) {
                            y[to] = 0;
                        }
                    }

                    @Override
                    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
                        for (int i = from; i < to; i++) {
                            dx[i] = dy[i] * (1 - y[i] * y[i]);
                        }
                        done += from == 0 ? 1 : 0;
                    }
                }

                static class RogueLayer implements Layer {
                    final Defect defect;
                    private int size;
                    private long done;

                    RogueLayer(Defect defect) {
                        this.defect = defect;
                    }

                    @Override
                    public Shape build(Shape input, Variables variables) {
                        size = input.size();
                        return input;
                    }

                    @Override
                    public void forward(float[] x, float[] y, int batch, Pass pass) {
                        defect.show("", done);
                        int count = defect.is("half", done) ? batch * size / 2 : batch * size;
                        System.arraycopy(x, 0, y, 0, count);
                        if (defect.is("beyond", done)) {
                            y[batch * size + 7] = 1;
                        }
                        if (defect.is("beyond the array", done)) {
                            y[y.length] = 1;
                        }
                        if (defect.is("changes input", done)) {
                            x[5] += 1;
                        }
                        if (defect.is("not_finite", done)) {
                            y[1] = Float.NaN;
                        }
                    }

                    @Override
                    public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
                        defect.show("backward ", done);
                        if (dx != null) {
                            System.arraycopy(dy, 0, dx, 0, batch * size);
                        }
                        done++;
                    }
                }

                static final class RogueNormalization extends RogueLayer implements Normalization {
                    RogueNormalization(Defect defect) {
                        super(defect);
                    }
                }

                record RogueOptimizer(Defect defect) implements Optimizer {
                    @Override
                    public List<String> slots() {
                        return List.of("m");
                    }

                    @Override
                    public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
                        long done = step.number() - 1;
                        defect.show("", done);
                        for (int i = from; i < to; i++) {
                            slots[0][i] = 0.9f * slots[0][i] + g[i];
                            w[i] -= step.learningRate() * slots[0][i];
                        }
                        if (defect.is("not_finite", done) && !step.decays()) {
                            w[from] = Float.NaN;
                        }
                        if (defect.is("changes gradient", done)) {
                            g[from] = 0;
                        }
                        if (defect.is("beyond", done) && from > 0) {
                            w[from - 1] += 1;
                        }
                    }

                    @Override
                    public float learningRate() {
                        return 0.01f;
                    }
                }

                /** Squared distance to the class's unit vector. */
                static final class RogueLoss implements Loss {
                    private final Defect defect;
                    private long done;

                    RogueLoss(Defect defect) {
                        this.defect = defect;
                    }

                    @Override
                    public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
                        defect.show(gradient == null ? "evaluation " : "", done);
                        double sum = 0;
                        for (int i = 0; i < batch * width; i++) {
                            float difference = output[i] - (targets.labels()[i / width] == i % width ? 1 : 0);
                            sum += difference * difference;
                            if (gradient != null) {
                                gradient[i] = 2 * difference / batch;
                            }
                        }
                        if (gradient != null) {
                            if (defect.is("beyond", done)) {
                                gradient[batch * width] = 1;
                            }
                            if (defect.is("changes targets", done)) {
                                targets.labels()[0] = 1 - Math.min(1, targets.labels()[0]);
                            }
                            if (defect.is("not_finite", done)) {
                                sum = Double.NaN;
                            }
                            if (defect.is("infinite", done)) {
                                sum = Double.POSITIVE_INFINITY;
                            }
                            done++;
                        }
                        return sum / batch;
                    }
                }

                record RogueSchedule(Defect defect) implements LearningRateSchedule {
                    @Override
                    public double factor(Progress progress) {
                        defect.show("", progress.step());
                        return defect.is("not_finite", progress.step()) ? Double.NaN : 1;
                    }
                }

                static final class RogueAugmentation implements Preprocessor {
                    private final Defect defect;
                    private int size;
                    private long done;

                    RogueAugmentation(Defect defect) {
                        this.defect = defect;
                    }

                    @Override
                    public Shape build(Shape input, Variables variables) {
                        size = input.size();
                        return input;
                    }

                    @Override
                    public void fit(Dataset train) {}

                    @Override
                    public void apply(float[] x, float[] y, int batch, Pass pass) {
                        defect.show("", done);
                        int count = defect.is("half", done) ? batch * size / 2 : batch * size;
                        System.arraycopy(x, 0, y, 0, count);
                        if (defect.is("beyond", done)) {
                            y[batch * size] = 0;
                        }
                        if (defect.is("not_finite", done)) {
                            y[0] = Float.NaN;
                        }
                        done++;
                    }

                    @Override
                    public boolean augmentation() {
                        return true;
                    }
                }
            }
            """;

    private MisbehavingPlugin() {}

    /** Puts the jar into a folder of plugins. */
    static void drop(Path plugins, Path work) throws IOException {
        BuiltPlugin.jar("RoguePlugin", SOURCE, "rogue", "3.1", plugins, work);
    }
}

package dev.nurture.train;

import dev.ludovic.netlib.blas.JavaBLAS;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.Definition;
import dev.nurture.config.Definitions;
import dev.nurture.data.DataHome;
import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.plugin.PluginJar;
import dev.nurture.run.Checkpoint;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Targets;
import dev.nurture.spi.Variable;
import dev.nurture.spi.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A catalog of the least that an experiment can be made of: rows {@code y = x}, one factor a value, squared error. */
public final class SmallParts {
    static final int ROWS = 40;

    /** A regression with one layer. */
    static final String DEFINITION = "data: line\nmodel: [factor]\nloss: square\noptimizer: descent\n"
            + "training: {epochs: 2, batch_size: 4, threads: 1}\n";

    private final List<Part> parts = new ArrayList<>();
    private final Path folder;

    public SmallParts(Path folder) {
        this.folder = folder;
        add(DataSource.class, "line", Line::new);
        add(Layer.class, "factor", Factor::new);
        add(Loss.class, "square", Square::new);
        add(Optimizer.class, "descent", Descent::new);
        add(LearningRateSchedule.class, "constant", () -> progress -> 1);
    }

    /** Adds a part, in place of one of its kind and name that there is. */
    public <T> SmallParts add(Class<T> type, String name, Supplier<T> create) {
        PluginJar jar = new PluginJar("small", "1", Path.of("small.jar"), "");
        Kind kind = Kind.of(type).orElseThrow();
        parts.removeIf(part -> part.kind() == kind && part.name().equals(name));
        parts.add(new Part(kind, Factory.of(type, name, name, create), jar));
        return this;
    }

    public Definition definition(String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("small.yaml"), DEFINITION);
        return new Definitions(new PluginCatalog(parts, List.of(), List.of())).read(file, List.of(overrides));
    }

    public Experiment experiment(String... overrides) throws IOException, DataException {
        return factory().fresh(definition(overrides));
    }

    Experiment restored(Checkpoint checkpoint, String... overrides) throws IOException, DataException {
        return factory().restored(definition(overrides), checkpoint, sha256 -> {});
    }

    public ExperimentFactory factory() {
        BlasLibrary blas = new BlasLibrary(JavaBLAS.getInstance(), "plain", false, Optional.empty());
        return new ExperimentFactory(blas, new DataHome(folder));
    }

    private static final class Line implements DataSource {
        @Override
        public Splits load(Context context) {
            float[] x = new float[2 * ROWS];
            float[] y = new float[2 * ROWS];
            for (int i = 0; i < x.length; i++) {
                x[i] = i % 7 - 3;
                y[i] = x[i];
            }
            return new Splits(Dataset.regression(Shape.of(2), x, y, 2), Optional.empty());
        }
    }

    /** {@code y = factor · x}. */
    static class Factor implements Layer {
        Variable factor;
        int size;
        long passes;

        @Override
        public Shape build(Shape input, Variables variables) {
            size = input.size();
            factor = variables.weight("factor", Shape.of(1), new Fan(1, 1), (w, from, to, shape, fan, random) -> {
                w[from] = 0.5f;
            });
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            passes += pass.training() ? 1 : 0;
            for (int i = 0; i < batch * size; i++) {
                y[i] = factor.value()[0] * x[i];
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            double sum = 0;
            for (int i = 0; i < batch * size; i++) {
                sum += dy[i] * x[i];
                if (dx != null) {
                    dx[i] = factor.value()[0] * dy[i];
                }
            }
            factor.gradient()[0] = (float) sum;
        }
    }

    static class Square implements Loss {
        @Override
        public double evaluate(float[] output, Targets targets, float[] gradient, int batch, int width) {
            double sum = 0;
            int count = batch * width;
            for (int i = 0; i < count; i++) {
                float difference = output[i] - targets.values()[i];
                sum += difference * difference;
                if (gradient != null) {
                    gradient[i] = 2 * difference / count;
                }
            }
            return sum / count;
        }

        @Override
        public boolean regression() {
            return true;
        }
    }

    static class Descent implements Optimizer {
        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            for (int i = from; i < to; i++) {
                w[i] -= step.learningRate() * g[i];
            }
        }

        @Override
        public float learningRate() {
            return 0.05f;
        }
    }
}

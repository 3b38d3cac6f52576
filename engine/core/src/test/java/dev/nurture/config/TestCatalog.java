package dev.nurture.config;

import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.plugin.PluginJar;
import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.DataSource;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.SanityCheck;
import dev.nurture.spi.Settings;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Parts by the names and parameters of the real ones, which do nothing but remember their settings. */
final class TestCatalog {
    static final Param<Integer> UNITS =
            Param.integer("units").in("[1, 1000000]").doc("outputs");
    static final Param<ActivationLayer> ACTIVATION =
            Param.part("activation", ActivationLayer.class).or("identity");
    static final Param<Initializer> INITIALIZER =
            Param.part("initializer", Initializer.class).or("he");
    static final Param<Normalization> NORMALIZATION =
            Param.part("normalization", Normalization.class).or("none");
    static final Param<Boolean> BIAS = Param.flag("bias").or(true);
    static final Param<List<Layer>> LAYERS = Param.parts("layers", Layer.class);
    static final Param<Path> PATH = Param.path("path");
    static final Param<Double> RATE = Param.number("rate").in("[0, 1)").or(0.5);

    private final List<Part> parts = new ArrayList<>();

    /** What a factory made, with what it was made of. */
    record Made(String name, List<Object> arguments) implements Layer, Normalization {
        @Override
        public Shape build(Shape input, Variables variables) {
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {}

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {}
    }

    private TestCatalog() {}

    static PluginCatalog catalog() {
        return catalog(List.of());
    }

    /** @param further parts of a plugin called {@code acme 0.1} */
    static PluginCatalog catalog(List<Factory<?>> further) {
        TestCatalog catalog = new TestCatalog();
        catalog.data();
        catalog.layers();
        catalog.optimizers();
        catalog.offer(
                "nurture-checks",
                SanityCheck.class,
                "overfit_subset",
                Param.integer("examples").in("[1, 1000]").or(20),
                Param.integer("steps").in("[1, 100000]").or(200));
        catalog.offer(
                "nurture-monitoring",
                RunListener.class,
                "metrics",
                Param.integer("port").in("[0, 65535]").or(9464),
                Param.flag("required").or(false));
        catalog.offer(
                "nurture-monitoring",
                RunListener.class,
                "diary",
                Param.integer("lines").in("[1, 100]").or(10));
        further.forEach(factory -> catalog.add("acme", "0.1", factory));
        return new PluginCatalog(catalog.parts, List.of(), List.of());
    }

    private void data() {
        Param<Integer> points = Param.integer("points").in("[1, 100000]").or(100);
        Param<String> target = Param.text("target");
        Param<Boolean> header = Param.flag("header").or(true);
        Param<String> delimiter = Param.text("delimiter").or(",");
        offer("nurture-data", DataSource.class, "digits");
        offer("nurture-data", DataSource.class, "spiral", points);
        offer("nurture-data", DataSource.class, "csv", PATH, target, header, delimiter);
        offer("nurture-preprocessing", Preprocessor.class, "zero_mean");
        offer("nurture-preprocessing", Preprocessor.class, "normalize");
        offer(
                "nurture-preprocessing",
                Preprocessor.class,
                "pca",
                Param.integer("components").in("[1, 4096]").optional());
        offer(
                "nurture-losses",
                Loss.class,
                "softmax_cross_entropy",
                Param.number("smoothing").in("[0, 1)").or(0.0));
        offer(
                "nurture-losses",
                Loss.class,
                "hinge",
                Param.number("margin").in("(0, inf)").or(1.0));
    }

    private void layers() {
        layer("nurture-layers", "dense", UNITS, INITIALIZER, NORMALIZATION, ACTIVATION, BIAS);
        layer("nurture-layers", "dropout", RATE);
        layer("nurture-layers", "flatten");
        layer("nurture-layers", "residual", LAYERS);
        layer("nurture-layers", "pool", Param.choice("padding", "same", "valid").or("valid"));
        layer("nurture-layers", "activation", Param.part("function", ActivationLayer.class));
        for (String name : List.of("relu", "tanh", "sigmoid", "identity", "elu")) {
            offer("nurture-activations", Activation.class, name);
        }
        offer(
                "nurture-activations",
                ActivationLayer.class,
                "maxout",
                Param.integer("pieces").in("[2, 64]").or(2));
        for (String name : List.of("he", "xavier", "zero")) {
            offer("nurture-initializers", Initializer.class, name);
        }
        offer(
                "nurture-initializers",
                Initializer.class,
                "normal",
                Param.number("std").in("(0, inf)").or(0.01));
        add("nurture-normalizations", "1.0", made(Normalization.class, "none"));
        add(
                "nurture-normalizations",
                "1.0",
                made(
                        Normalization.class,
                        "batch",
                        Param.number("momentum").in("[0, 1]").or(0.9)));
    }

    private void optimizers() {
        Param<Double> rate = Param.number("learning_rate").in("(0, inf)").or(1e-3);
        Param<Double> beta1 = Param.number("beta1").in("[0, 1)").or(0.9);
        Param<Double> beta2 = Param.number("beta2").in("[0, 1)").or(0.999);
        offer("nurture-optimizers", Optimizer.class, "sgd", rate);
        offer(
                "nurture-optimizers",
                Optimizer.class,
                "momentum",
                rate,
                Param.number("momentum").in("[0, 1)").or(0.9));
        offer("nurture-optimizers", Optimizer.class, "adam", rate, beta1, beta2);
        offer("nurture-schedules", LearningRateSchedule.class, "constant");
        offer(
                "nurture-schedules",
                LearningRateSchedule.class,
                "cosine",
                Param.integer("warmup").in("[0, 1000]").or(0));
    }

    private void layer(String jar, String name, Param<?>... params) {
        add(jar, "1.0", made(Layer.class, name, params));
    }

    static <T> Factory<T> made(Class<T> type, String name, Param<?>... params) {
        Function<Settings, T> create = settings -> {
            List<Object> arguments = new ArrayList<>();
            for (Param<?> param : params) {
                arguments.add(settings.get(param));
            }
            return type.cast(new Made(name, arguments));
        };
        return new Factory<>(type, name, "For tests.", List.of(params), create);
    }

    private <T> void offer(String jar, Class<T> type, String name, Param<?>... params) {
        add(jar, "1.0", idle(type, name, params));
    }

    /** A factory of parts that answer to no call. */
    static <T> Factory<T> idle(Class<T> type, String name, Param<?>... params) {
        Object part =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return new Factory<>(type, name, "For tests.", List.of(params), settings -> type.cast(part));
    }

    private void add(String jar, String version, Factory<?> factory) {
        Kind kind = Kind.of(factory.type()).orElseThrow();
        parts.add(new Part(kind, factory, new PluginJar(jar, version, Path.of(jar + ".jar"), "")));
    }
}

package dev.nurture.plugins.layers;

import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Layer;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Param;
import dev.nurture.spi.Plugin;
import dev.nurture.spi.Sequential;
import dev.nurture.spi.Settings;
import java.util.List;

/** Offers the layers. */
public final class LayersPlugin implements Plugin {
    private static final Param<Integer> UNITS =
            Param.integer("units").in("[1, inf)").doc("outputs");
    private static final Param<Integer> FILTERS =
            Param.integer("filters").in("[1, inf)").doc("output channels");
    private static final Param<Integer> KERNEL =
            Param.integer("kernel").in("[1, inf)").doc("height and width of a filter");
    private static final Param<Integer> KERNEL_STRIDE =
            Param.integer("stride").in("[1, inf)").or(1).doc("pixels from one place to the next");
    private static final Param<String> PADDING = Param.text("padding")
            .or("same")
            .doc("same (output height is input height / stride, rounded up), valid (none), or pixels on each side");
    private static final Param<ActivationLayer> ACTIVATION =
            Param.part("activation", ActivationLayer.class).or("identity").doc("applied last");
    private static final Param<Initializer> INITIALIZER =
            Param.part("initializer", Initializer.class).or("he").doc("first values of the weight");
    private static final Param<Normalization> NORMALIZATION = Param.part("normalization", Normalization.class)
            .or("none")
            .doc("applied before the activation; its shift takes the place of the bias");
    private static final Param<Boolean> BIAS =
            Param.flag("bias").or(true).doc("whether a learned constant is added where no normalization follows");
    private static final Param<Integer> SIZE =
            Param.integer("size").in("[1, inf)").or(2).doc("height and width of the window");
    private static final Param<Integer> WINDOW_STRIDE = Param.integer("stride")
            .in("[1, inf)")
            .optional()
            .doc("pixels from one window to the next; as the size when not given");
    private static final Param<Double> RATE =
            Param.number("rate").in("[0, 1)").or(0.5).doc("share of values dropped");
    private static final Param<ActivationLayer> LONE_ACTIVATION =
            Param.part("activation", ActivationLayer.class).doc("the activation");
    private static final Param<Normalization> LONE_NORMALIZATION =
            Param.part("normalization", Normalization.class).doc("the normalization");
    private static final Param<List<Layer>> LAYERS =
            Param.parts("layers", Layer.class).doc("the layers of f, in order");
    private static final Param<Boolean> PROJECTION = Param.flag("projection")
            .or(false)
            .doc("whether a learned linear map brings x to the shape of f(x): for images a 1×1 convolution");
    private static final Param<Initializer> PROJECTION_INITIALIZER =
            Param.part("initializer", Initializer.class).or("he").doc("first values of the projection's weight");

    /** Made by the plugin loader. */
    public LayersPlugin() {}

    @Override
    public List<Factory<?>> factories() {
        return List.of(
                new Factory<>(
                        Layer.class,
                        "dense",
                        "Fully connected: y = x·W + b over all values of an example, whatever its shape.",
                        List.of(UNITS, ACTIVATION, INITIALIZER, NORMALIZATION, BIAS),
                        LayersPlugin::dense),
                new Factory<>(
                        Layer.class,
                        "conv2d",
                        "Square filters slid over an image (channels, height, width); one activation map a filter.",
                        List.of(FILTERS, KERNEL, KERNEL_STRIDE, PADDING, ACTIVATION, INITIALIZER, NORMALIZATION, BIAS),
                        LayersPlugin::conv2d),
                new Factory<>(
                        Layer.class,
                        "max_pool2d",
                        "The greatest value of each window; windows that do not fit whole are left out.",
                        List.of(SIZE, WINDOW_STRIDE),
                        settings -> new MaxPool(settings.get(SIZE), settings.get(WINDOW_STRIDE))),
                new Factory<>(
                        Layer.class,
                        "average_pool2d",
                        "The mean of each window; windows that do not fit whole are left out.",
                        List.of(SIZE, WINDOW_STRIDE),
                        settings -> new AveragePool(settings.get(SIZE), settings.get(WINDOW_STRIDE))),
                Factory.of(
                        Layer.class,
                        "global_average_pool2d",
                        "The mean of each channel (M. Lin, Q. Chen, S. Yan, Network in network, ICLR 2014).",
                        GlobalAveragePool::new),
                Factory.of(Layer.class, "flatten", "The values of an image as one vector, in order.", Flatten::new),
                new Factory<>(
                        Layer.class,
                        "dropout",
                        "In training sets values to zero at random and multiplies the others by 1 / (1 - rate); otherwise"
                                + " leaves all as they are (N. Srivastava et al., JMLR 15, 2014; inverted).",
                        List.of(RATE),
                        settings -> new Dropout(settings.get(RATE))),
                new Factory<>(
                        Layer.class,
                        "activation",
                        "An activation as a layer of its own.",
                        List.of(LONE_ACTIVATION),
                        settings -> settings.get(LONE_ACTIVATION)),
                new Factory<>(
                        Layer.class,
                        "normalization",
                        "A normalization as a layer of its own.",
                        List.of(LONE_NORMALIZATION),
                        settings -> settings.get(LONE_NORMALIZATION)),
                new Factory<>(
                        Layer.class,
                        "residual",
                        "y = x + f(x), where f is several layers (K. He et al., Deep residual learning for image"
                                + " recognition, CVPR 2016).",
                        List.of(LAYERS, PROJECTION, PROJECTION_INITIALIZER),
                        settings -> new Residual(
                                settings.get(LAYERS),
                                settings.get(PROJECTION) ? settings.get(PROJECTION_INITIALIZER) : null)));
    }

    private static Layer dense(Settings settings) {
        return completed(
                settings,
                new Dense(
                        settings.get(UNITS),
                        settings.get(ACTIVATION).inputsPerUnit(),
                        settings.get(INITIALIZER),
                        hasBias(settings)));
    }

    private static Layer conv2d(Settings settings) {
        return completed(
                settings,
                new Convolution(
                        settings.get(FILTERS),
                        settings.get(ACTIVATION).inputsPerUnit(),
                        settings.get(KERNEL),
                        settings.get(KERNEL_STRIDE),
                        Padding.of(settings.get(PADDING)),
                        settings.get(INITIALIZER),
                        hasBias(settings)));
    }

    private static Layer completed(Settings settings, Layer affine) {
        return new Sequential()
                .then("", affine)
                .then("normalization", settings.get(NORMALIZATION))
                .then("activation", settings.get(ACTIVATION));
    }

    /** A normalization subtracts any constant again and has a shift of its own. */
    private static boolean hasBias(Settings settings) {
        return settings.get(BIAS) && settings.get(NORMALIZATION).identity();
    }
}

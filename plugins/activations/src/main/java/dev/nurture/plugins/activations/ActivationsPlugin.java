package dev.nurture.plugins.activations;

import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Plugin;
import java.util.List;

/** Offers the built-in activations. */
public final class ActivationsPlugin implements Plugin {
    private static final Param<Double> SLOPE =
            Param.number("slope").in("[0, 1]").or(0.01).doc("of the negative side");
    private static final Param<Double> ALPHA =
            Param.number("alpha").in("[0, 1000]").or(1.0).doc("how far below 0 the negative side goes");
    private static final Param<Integer> PIECES =
            Param.integer("pieces").in("[2, 64]").or(2).doc("inputs a unit, each with weights of its own");

    @Override
    public List<Factory<?>> factories() {
        return List.of(
                Factory.of(
                        Activation.class,
                        "sigmoid",
                        "The logistic function 1/(1 + e^-x). Saturates at 0 and 1; not zero-centred.",
                        Sigmoid::new),
                Factory.of(Activation.class, "tanh", "The hyperbolic tangent. Saturates at -1 and 1.", Tanh::new),
                Factory.of(
                        Activation.class,
                        "relu",
                        "The rectifier max(0, x). Cheap; a unit that is never positive learns no more (Nair and Hinton 2010).",
                        Relu::new),
                new Factory<>(
                        Activation.class,
                        "leaky_relu",
                        "The rectifier with a small slope for x < 0: max(slope x, x) (Maas et al. 2013).",
                        List.of(SLOPE),
                        settings -> leakyRelu(settings.get(SLOPE).floatValue())),
                Factory.of(
                        ActivationLayer.class,
                        "prelu",
                        "The rectifier with a learned slope a channel for x < 0, 0.25 to begin with (He et al. 2015).",
                        Prelu::new),
                new Factory<>(
                        Activation.class,
                        "elu",
                        "The exponential linear unit: x, or alpha (e^x - 1) for x < 0 (Clevert et al. 2016).",
                        List.of(ALPHA),
                        settings -> new ExponentialLinear(settings.get(ALPHA), 1)),
                Factory.of(
                        Activation.class,
                        "selu",
                        "ELU scaled so that mean 0 and variance 1 are kept from layer to layer; goes with the initializer"
                                + " lecun (Klambauer et al. 2017).",
                        ExponentialLinear::selu),
                Factory.of(
                        Activation.class,
                        "gelu",
                        "x times the normal distribution function, in its exact form by erf (Hendrycks and Gimpel 2016).",
                        Gelu::new),
                Factory.of(
                        Activation.class,
                        "silu",
                        "x times sigmoid(x), also called swish (Elfwing et al. 2018).",
                        Silu::new),
                Factory.of(
                        Activation.class,
                        "softplus",
                        "The smooth rectifier ln(1 + e^x) (Dugas et al. 2000).",
                        Softplus::new),
                new Factory<>(
                        ActivationLayer.class,
                        "maxout",
                        "The greatest of several linear pieces a unit; that many times the weights (Goodfellow et al. 2013).",
                        List.of(PIECES),
                        settings -> new Maxout(settings.get(PIECES))),
                Factory.of(Activation.class, "identity", "No nonlinearity: y = x.", Identity::new));
    }

    private static Activation leakyRelu(float slope) {
        return slope == 0f ? new Relu() : new LeakyRelu(slope);
    }
}

package dev.nurture.plugins.initializers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Plugin;
import java.util.List;

/**
 * Offers the built-in initializers.
 *
 * <p>Three of the names mean different things in different places. Here {@code xavier} is what the CS231n lecture calls
 * so, a variance of {@code 1 / fan_in}, which is also LeCun's; {@code xavier_uniform} is what X. Glorot and Y. Bengio
 * proposed ("Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, equation 16), a
 * variance of {@code 2 / (fan_in + fan_out)}. The two agree where a layer has as many units as inputs.
 */
public final class InitializersPlugin implements Plugin {
    private static final Param<Double> VALUE =
            Param.number("value").in("[-1e9, 1e9]").or(0.0).doc("of every weight");
    private static final Param<Double> STD =
            Param.number("std").in("[0, 1e9]").or(0.01).doc("standard deviation");
    private static final Param<Double> LOW =
            Param.number("low").in("[-1e9, 1e9]").or(-0.05).doc("lower end");
    private static final Param<Double> HIGH =
            Param.number("high").in("[-1e9, 1e9]").or(0.05).doc("upper end");
    private static final Param<Double> GAIN =
            Param.number("gain").in("(0, 1e9]").or(1.0).doc("length of the vectors");

    @Override
    public List<Factory<?>> factories() {
        return List.of(
                Factory.of(
                        Initializer.class,
                        "zero",
                        "Zero everywhere. All units of a layer stay alike: symmetry never breaks.",
                        () -> new Constant(0)),
                new Factory<>(
                        Initializer.class,
                        "constant",
                        "One value everywhere. All units of a layer stay alike: symmetry never breaks.",
                        List.of(VALUE),
                        settings -> new Constant(settings.get(VALUE).floatValue())),
                new Factory<>(
                        Initializer.class,
                        "normal",
                        "Normal with mean 0 and a given standard deviation.",
                        List.of(STD),
                        settings -> {
                            double std = settings.get(STD);
                            return new Normal(fan -> std);
                        }),
                new Factory<>(
                        Initializer.class,
                        "uniform",
                        "Uniform between two values.",
                        List.of(LOW, HIGH),
                        settings -> new Uniform(settings.get(LOW), settings.get(HIGH))),
                Factory.of(
                        Initializer.class,
                        "xavier",
                        "Normal with standard deviation sqrt(1/fan_in), as the CS231n lecture has it; Glorot and Bengio"
                                + " (2010) themselves take sqrt(2/(fan_in + fan_out)).",
                        InitializersPlugin::lecun),
                Factory.of(
                        Initializer.class,
                        "xavier_uniform",
                        "Uniform within ±sqrt(6/(fan_in + fan_out)): Glorot and Bengio 2010, equation 16.",
                        () -> Uniform.ofVariance(fan -> 2.0 / ((double) fan.in() + fan.out()))),
                Factory.of(
                        Initializer.class,
                        "he",
                        "Normal with standard deviation sqrt(2/fan_in), for rectifiers (He et al. 2015).",
                        () -> new Normal(fan -> Math.sqrt(2.0 / fan.in()))),
                Factory.of(
                        Initializer.class,
                        "he_uniform",
                        "Uniform within ±sqrt(6/fan_in), which has the variance of he (He et al. 2015).",
                        () -> Uniform.ofVariance(fan -> 2.0 / fan.in())),
                Factory.of(
                        Initializer.class,
                        "lecun",
                        "Normal with standard deviation sqrt(1/fan_in) (LeCun et al., Efficient BackProp, 1998); goes with"
                                + " selu. The same as xavier.",
                        InitializersPlugin::lecun),
                new Factory<>(
                        Initializer.class,
                        "orthogonal",
                        "A random matrix with orthonormal rows or columns, times a gain; sqrt(2) suits rectifiers (Saxe et"
                                + " al. 2014).",
                        List.of(GAIN),
                        settings -> new Orthogonal(settings.get(GAIN))));
    }

    private static Initializer lecun() {
        return new Normal(fan -> Math.sqrt(1.0 / fan.in()));
    }
}

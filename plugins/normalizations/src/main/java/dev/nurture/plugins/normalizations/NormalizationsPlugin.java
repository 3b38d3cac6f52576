package dev.nurture.plugins.normalizations;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Param;
import dev.nurture.spi.Plugin;
import java.util.List;

/** Offers the normalizations. */
public final class NormalizationsPlugin implements Plugin {
    private static final Param<Double> MOMENTUM = Param.number("momentum")
            .in("[0, 1)")
            .or(0.9)
            .doc("running = momentum · running + (1 - momentum) · batch, for mean and variance");
    private static final Param<Double> EPSILON =
            Param.number("epsilon").in("(0, inf)").or(1e-5).doc("added to the variance");
    private static final Param<Integer> GROUPS = Param.integer("groups")
            .in("[1, inf)")
            .or(8)
            .doc("groups that the channels are divided into evenly; 32 in the paper, whose networks have 64 and more");

    /** Made by the plugin loader. */
    public NormalizationsPlugin() {}

    @Override
    public List<Factory<?>> factories() {
        return List.of(
                Factory.of(Normalization.class, "none", "Leaves the values as they are.", None::new),
                new Factory<>(
                        Normalization.class,
                        "batch",
                        "Mean 0 and variance 1 over the batch, for each feature of a vector or channel of an image;"
                                + " running averages out of training (S. Ioffe, C. Szegedy, Batch normalization, ICML"
                                + " 2015).",
                        List.of(MOMENTUM, EPSILON),
                        settings -> new BatchNormalization(settings.get(MOMENTUM), settings.get(EPSILON))),
                new Factory<>(
                        Normalization.class,
                        "layer",
                        "Mean 0 and variance 1 over all values of an example; scale and shift for each feature of a"
                                + " vector or channel of an image (J. Ba, J. Kiros, G. Hinton, Layer normalization,"
                                + " 2016).",
                        List.of(EPSILON),
                        settings -> GroupNormalization.layer(settings.get(EPSILON))),
                new Factory<>(
                        Normalization.class,
                        "group",
                        "Mean 0 and variance 1 over each group of channels of an example (Y. Wu, K. He, Group"
                                + " normalization, ECCV 2018).",
                        List.of(GROUPS, EPSILON),
                        settings -> GroupNormalization.group(settings.get(GROUPS), settings.get(EPSILON))),
                new Factory<>(
                        Normalization.class,
                        "instance",
                        "Mean 0 and variance 1 over each channel of an image (D. Ulyanov, A. Vedaldi, V. Lempitsky,"
                                + " Instance normalization, 2016).",
                        List.of(EPSILON),
                        settings -> GroupNormalization.instance(settings.get(EPSILON))));
    }
}

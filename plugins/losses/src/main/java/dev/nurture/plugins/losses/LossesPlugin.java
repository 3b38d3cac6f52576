package dev.nurture.plugins.losses;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Param;
import dev.nurture.spi.Plugin;
import java.util.List;

/** Offers the built-in losses. */
public final class LossesPlugin implements Plugin {
    private static final Param<Double> LABEL_SMOOTHING = Param.number("label_smoothing")
            .in("[0, 1)")
            .or(0.0)
            .doc("share of the target that is spread over all classes");
    private static final Param<Double> MARGIN =
            Param.number("margin").in("(0, 1e9]").or(1.0).doc("by which the right class is to win");
    private static final Param<Double> DELTA =
            Param.number("delta").in("(0, 1e9]").or(1.0).doc("error from which the loss grows linearly");

    @Override
    public List<Factory<?>> factories() {
        return List.of(
                new Factory<>(
                        Loss.class,
                        "softmax_cross_entropy",
                        "Minus the logarithm of the right class's softmax probability, with label smoothing if wanted.",
                        List.of(LABEL_SMOOTHING),
                        settings -> new SoftmaxCrossEntropy(settings.get(LABEL_SMOOTHING))),
                new Factory<>(
                        Loss.class,
                        "hinge",
                        "Multiclass support vector machine: the sum over the wrong classes of max(0, score - right score +"
                                + " margin) (Weston and Watkins 1999).",
                        List.of(MARGIN),
                        settings -> new Hinge(settings.get(MARGIN))),
                Factory.of(
                        Loss.class,
                        "mean_squared_error",
                        "The mean over rows and outputs of the squared error; classes count as 1 and 0.",
                        Huber::meanSquaredError),
                new Factory<>(
                        Loss.class,
                        "huber",
                        "Half the squared error up to delta, linear beyond; the mean over rows and outputs (Huber 1964).",
                        List.of(DELTA),
                        settings -> new Huber(settings.get(DELTA))));
    }
}

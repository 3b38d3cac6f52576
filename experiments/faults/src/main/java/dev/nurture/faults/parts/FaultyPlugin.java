package dev.nurture.faults.parts;

import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Loss;
import dev.nurture.spi.Normalization;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Param;
import dev.nurture.spi.Plugin;
import dev.nurture.spi.Preprocessor;
import java.util.List;

/** All parts that are wrong. */
public final class FaultyPlugin implements Plugin {
    private static final Param<Double> RATE =
            Param.number("learning_rate").in("(0, inf)").or(1.0).doc("the length of a step");

    @Override
    public List<Factory<?>> factories() {
        return List.of(
                Blobs.FACTORY,
                Factory.of(
                        Activation.class, "bent", "A rectifier whose slope is a third too steep.", Elementwise::bent),
                Factory.of(Activation.class, "blind", "0 for any input.", Elementwise::blind),
                Factory.of(ActivationLayer.class, "softmax", "Probabilities of scores.", Softmax::new),
                Factory.of(
                        Loss.class, "summed", "Softmax cross-entropy, not divided by the rows.", CrossEntropy::summed),
                Factory.of(Loss.class, "flipped", "Softmax cross-entropy of the wrong sign.", CrossEntropy::flipped),
                Factory.of(
                        Initializer.class,
                        "negative",
                        "No weight above 0.",
                        () -> (w, from, to, shape, fan, random) -> {
                            for (int i = from; i < to; i++) {
                                w[i] = (float) -Math.abs(0.1 * random.nextGaussian());
                            }
                        }),
                Factory.of(Normalization.class, "mixing", "Lets each row see the others.", Mixing::new),
                Factory.of(Normalization.class, "restless", "Noise in evaluation, too.", Restless::new),
                Factory.of(Normalization.class, "unsettled", "Running averages that stay behind.", Unsettled::new),
                Factory.of(Preprocessor.class, "restless_mean", "A mean that goes on learning.", RestlessMean::new),
                Factory.of(Optimizer.class, "uncorrected", "Adam without bias correction.", Uncorrected::new),
                Factory.of(Optimizer.class, "bursting", "Not finite from its third step on.", Bursting::new),
                new Factory<>(
                        Optimizer.class,
                        "swinging",
                        "Goes across the valley and all the way back.",
                        List.of(RATE),
                        settings -> new Swinging(settings.get(RATE).floatValue())));
    }
}

package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Param;

/** The parameters that several update rules share. */
final class Parameters {
    static final Param<Double> MOMENTUM = Param.number("momentum")
            .in("[0, 1)")
            .or(0.9)
            .doc("the share of the velocity that is kept from step to step");
    static final Param<Double> BETA1 =
            Param.number("beta1").in("[0, 1)").or(0.9).doc("decay of the average of the gradient");

    private Parameters() {}

    static Param<Double> learningRate(double usual) {
        return Param.number("learning_rate").in("(0, inf)").or(usual).doc("the size of a step, before any schedule");
    }

    static Param<Double> beta2(double usual, String doc) {
        return Param.number("beta2").in("[0, 1)").or(usual).doc(doc);
    }

    /** Declares ε. It is kept well within the range of {@code float}, so that a zero gradient never gives 0/0. */
    static Param<Double> epsilon(double usual) {
        return Param.number("epsilon").in("[1e-30, inf)").or(usual).doc("added to the denominator");
    }

    static Param<Double> decay(double usual) {
        return Param.number("decay").in("[0, 1)").or(usual).doc("decay of the average of the squared gradient");
    }

    static Param<Double> weightDecay(double usual, String doc) {
        return Param.number("weight_decay").in("[0, inf)").or(usual).doc(doc);
    }

    /** Returns a decay as a {@code float} that is still less than 1, however near to it. */
    static float belowOne(double decay) {
        return Math.min((float) decay, Math.nextDown(1f));
    }
}

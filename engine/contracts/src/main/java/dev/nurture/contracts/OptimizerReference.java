package dev.nurture.contracts;

import dev.nurture.spi.Optimizer;

/** An update rule as its author states it: of one weight, in double precision. */
@FunctionalInterface
public interface OptimizerReference {
    /**
     * Returns the weight after a step, and puts into the slots what the rule remembers.
     *
     * @param slots one value a slot, in the order of {@link Optimizer#slots()}, zero to begin with
     */
    double update(double w, double g, double[] slots, Optimizer.Step step);
}

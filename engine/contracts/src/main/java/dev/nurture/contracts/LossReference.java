package dev.nurture.contracts;

/** The loss of one row in double precision, as its author states it. */
@FunctionalInterface
public interface LossReference {
    /** @param target a value an output; of a class, 1 on the label and 0 elsewhere */
    double of(double[] output, double[] target);
}

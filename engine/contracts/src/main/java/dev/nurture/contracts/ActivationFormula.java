package dev.nurture.contracts;

/** What an activation should compute, in double precision, as its author states it. */
@FunctionalInterface
public interface ActivationFormula {
    double value(double x);
}

package dev.nurture.model;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.Variable;

/**
 * A trained tensor as the engine sees it.
 *
 * @param regularized whether weight penalties and weight decay apply
 * @param initializer what fills it, or null for a vector that starts at a constant
 * @param fan null for a vector
 */
public record Parameter(Variable variable, boolean regularized, Initializer initializer, Fan fan, float initial) {
    /** Returns the full name, such as {@code dense_1.weight}. */
    public String name() {
        return variable.name();
    }

    public int size() {
        return variable.value().length;
    }
}

package dev.nurture.contracts;

import dev.nurture.spi.Fan;
import dev.nurture.spi.Shape;

/** How the values of an initializer are spread, as its author states it. */
@FunctionalInterface
public interface InitializerMoments {
    /** Returns the standard deviation of the values of a weight. */
    double deviation(Shape shape, Fan fan);

    /** Returns their mean. */
    default double mean(Shape shape, Fan fan) {
        return 0;
    }
}

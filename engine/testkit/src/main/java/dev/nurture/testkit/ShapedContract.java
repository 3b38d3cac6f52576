package dev.nurture.testkit;

import dev.nurture.contracts.Subject;
import dev.nurture.spi.Shape;

/**
 * What the test classes of kinds that are built for a shape have in common.
 *
 * @param <T> the kind
 */
public abstract class ShapedContract<T> extends PartContract<T> {
    ShapedContract(Class<T> kind) {
        super(kind);
    }

    /** Returns the shape of an input that it takes; null to have vectors and images of several sizes tried. */
    protected Shape input() {
        return null;
    }

    @Override
    final Subject<T> state(Subject<T> subject) {
        return subject.with(Shape.class, input());
    }
}

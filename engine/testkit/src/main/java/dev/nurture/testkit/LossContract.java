package dev.nurture.testkit;

import dev.nurture.contracts.LossReference;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Loss;

/** Tests of a loss: {@code class FocalTest extends LossContract}. */
public abstract class LossContract extends PartContract<Loss> {
    protected LossContract() {
        super(Loss.class);
    }

    /** Returns the loss of a row in double precision, to hold the values against; null when it is not stated. */
    protected LossReference formula() {
        return null;
    }

    @Override
    final Subject<Loss> state(Subject<Loss> subject) {
        return subject.with(LossReference.class, formula());
    }
}

package dev.nurture.testkit;

import dev.nurture.contracts.ActivationFormula;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Activation;

/** Tests of an elementwise activation: {@code class SwishTest extends ActivationContract}. */
public abstract class ActivationContract extends PartContract<Activation> {
    protected ActivationContract() {
        super(Activation.class);
    }

    /** Returns the function in double precision, to hold the values against; null when it is not stated. */
    protected ActivationFormula formula() {
        return null;
    }

    @Override
    final Subject<Activation> state(Subject<Activation> subject) {
        return subject.with(ActivationFormula.class, formula());
    }
}

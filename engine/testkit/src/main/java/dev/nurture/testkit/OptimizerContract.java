package dev.nurture.testkit;

import dev.nurture.contracts.OptimizerReference;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Optimizer;

/** Tests of an update rule: {@code class SignumTest extends OptimizerContract}. */
public abstract class OptimizerContract extends PartContract<Optimizer> {
    protected OptimizerContract() {
        super(Optimizer.class);
    }

    /** Returns the rule in double precision, to hold the steps against; null when it is not stated. */
    protected OptimizerReference reference() {
        return null;
    }

    @Override
    final Subject<Optimizer> state(Subject<Optimizer> subject) {
        return subject.with(OptimizerReference.class, reference());
    }
}

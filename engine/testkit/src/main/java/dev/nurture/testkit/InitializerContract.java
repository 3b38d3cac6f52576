package dev.nurture.testkit;

import dev.nurture.contracts.InitializerMoments;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Initializer;

/** Tests of an initializer: {@code class OrthogonalTest extends InitializerContract}. */
public abstract class InitializerContract extends PartContract<Initializer> {
    protected InitializerContract() {
        super(Initializer.class);
    }

    /** Returns mean and standard deviation by shape and fan, to hold the values against; null when it is not stated. */
    protected InitializerMoments moments() {
        return null;
    }

    @Override
    final Subject<Initializer> state(Subject<Initializer> subject) {
        return subject.with(InitializerMoments.class, moments());
    }
}

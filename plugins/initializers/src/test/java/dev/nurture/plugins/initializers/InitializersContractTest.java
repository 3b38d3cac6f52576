package dev.nurture.plugins.initializers;

import dev.nurture.contracts.InitializerMoments;
import dev.nurture.contracts.Sample;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;

/** Every initializer against the contract and against its moments in theory. */
class InitializersContractTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new InitializersPlugin();
    }

    @Override
    protected <T> Subject<T> state(Sample<T> sample, Subject<T> subject) {
        return subject.with(InitializerMoments.class, StatedMoments.of(sample));
    }
}

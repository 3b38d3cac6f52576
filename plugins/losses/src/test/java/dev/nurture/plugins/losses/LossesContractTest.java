package dev.nurture.plugins.losses;

import dev.nurture.contracts.LossReference;
import dev.nurture.contracts.Sample;
import dev.nurture.contracts.Subject;
import dev.nurture.spi.Plugin;
import dev.nurture.testkit.PluginContract;

/** Every loss against the contract and against its definition. */
class LossesContractTest extends PluginContract {
    @Override
    protected Plugin plugin() {
        return new LossesPlugin();
    }

    @Override
    protected <T> Subject<T> state(Sample<T> sample, Subject<T> subject) {
        return subject.with(LossReference.class, Definitions.of(sample));
    }
}

package dev.nurture.plugins.checks.network;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class FirstWeightsCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new FirstWeightsCheck();
    }
}

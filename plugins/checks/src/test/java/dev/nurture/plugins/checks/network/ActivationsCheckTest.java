package dev.nurture.plugins.checks.network;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class ActivationsCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new ActivationsCheck();
    }
}

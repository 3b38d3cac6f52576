package dev.nurture.plugins.checks.network;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class InitialLossCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new InitialLossCheck();
    }
}

package dev.nurture.plugins.checks.network;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class RegularizationCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new RegularizationCheck();
    }
}

package dev.nurture.plugins.checks.training;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class GeneralizationCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new GeneralizationCheck();
    }
}

package dev.nurture.plugins.checks.training;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class LearningRateCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new LearningRateCheck();
    }
}

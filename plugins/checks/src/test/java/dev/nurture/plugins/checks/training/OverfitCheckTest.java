package dev.nurture.plugins.checks.training;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class OverfitCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new OverfitCheck(20);
    }
}

package dev.nurture.plugins.checks.data;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class PreprocessingCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new PreprocessingCheck();
    }
}

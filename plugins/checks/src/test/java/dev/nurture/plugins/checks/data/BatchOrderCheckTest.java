package dev.nurture.plugins.checks.data;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class BatchOrderCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new BatchOrderCheck();
    }
}

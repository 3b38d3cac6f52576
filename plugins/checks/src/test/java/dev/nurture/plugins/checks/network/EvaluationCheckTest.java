package dev.nurture.plugins.checks.network;

import dev.nurture.spi.SanityCheck;
import dev.nurture.testkit.SanityCheckContract;

class EvaluationCheckTest extends SanityCheckContract {
    @Override
    protected SanityCheck create() {
        return new EvaluationCheck();
    }
}

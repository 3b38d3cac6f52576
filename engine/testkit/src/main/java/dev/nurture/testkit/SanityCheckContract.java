package dev.nurture.testkit;

import dev.nurture.spi.SanityCheck;

/** Tests of a check: {@code class InputScaleTest extends SanityCheckContract}. */
public abstract class SanityCheckContract extends PartContract<SanityCheck> {
    protected SanityCheckContract() {
        super(SanityCheck.class);
    }
}

package dev.nurture.testkit;

import dev.nurture.spi.RunListener;

/** Tests of a listener: {@code class DiaryTest extends RunListenerContract}. */
public abstract class RunListenerContract extends PartContract<RunListener> {
    protected RunListenerContract() {
        super(RunListener.class);
    }
}

package dev.nurture.testkit;

import dev.nurture.spi.Monitor;

/** Tests of a monitor: {@code class DeadUnitsTest extends MonitorContract}. */
public abstract class MonitorContract extends PartContract<Monitor> {
    protected MonitorContract() {
        super(Monitor.class);
    }
}

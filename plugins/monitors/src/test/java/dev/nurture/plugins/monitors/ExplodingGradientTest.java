package dev.nurture.plugins.monitors;

import dev.nurture.spi.Monitor;
import dev.nurture.testkit.MonitorContract;

class ExplodingGradientTest extends MonitorContract {
    @Override
    protected Monitor create() {
        return new ExplodingGradient();
    }
}

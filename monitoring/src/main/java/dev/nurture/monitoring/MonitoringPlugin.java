package dev.nurture.monitoring;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;

/** The listeners that show a run elsewhere. */
public final class MonitoringPlugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return List.of(MetricsListener.FACTORY, TensorBoardListener.FACTORY);
    }
}

package dev.nurture.plugins.schedules;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;

/** The built-in learning-rate schedules. */
public final class SchedulesPlugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return List.of(
                Constant.FACTORY,
                Step.FACTORY,
                Exponential.FACTORY,
                InverseTime.FACTORY,
                Cosine.FACTORY,
                OneCycle.FACTORY,
                Warmup.FACTORY,
                Plateau.FACTORY);
    }
}

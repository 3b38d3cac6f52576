package dev.nurture.plugins.monitors;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;

/** The built-in monitors. */
public final class MonitorsPlugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return List.of(
                Diverging.FACTORY,
                LossStuck.FACTORY,
                Oscillating.FACTORY,
                ExplodingGradient.FACTORY,
                VanishingGradient.FACTORY,
                DeadUnits.FACTORY,
                SaturatedUnits.FACTORY,
                UpdateRatio.FACTORY,
                Overfitting.FACTORY,
                Underfitting.FACTORY,
                Plateau.FACTORY);
    }
}

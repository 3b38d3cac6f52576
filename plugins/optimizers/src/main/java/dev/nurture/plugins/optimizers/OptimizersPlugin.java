package dev.nurture.plugins.optimizers;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;

/** The built-in update rules. */
public final class OptimizersPlugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return List.of(
                Sgd.FACTORY,
                Momentum.FACTORY,
                Nesterov.FACTORY,
                AdaGrad.FACTORY,
                RmsProp.FACTORY,
                AdaDelta.FACTORY,
                Adam.ADAM,
                Adam.ADAMW,
                Adam.NADAM,
                Lion.FACTORY);
    }
}

package org.example.nurture;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;

/** Offers the parts of this jar. */
public final class ExamplePlugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return List.of(Mish.FACTORY, AdaMax.FACTORY, PolynomialDecay.FACTORY);
    }
}

package dev.nurture.plugins.initializers;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Fan;
import dev.nurture.spi.Initializer;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Shape;
import java.util.Map;

/** Makes initializers as the engine does, by name. */
final class NamedInitializer {
    private NamedInitializer() {}

    static Initializer create(String name, Map<String, ?> settings) {
        return MapSettings.create(factory(name), settings);
    }

    @SuppressWarnings("unchecked")
    static Factory<Initializer> factory(String name) {
        return (Factory<Initializer>) new InitializersPlugin()
                .factories().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    static float[] filled(Initializer initializer, Shape shape, Fan fan, long seed) {
        float[] w = new float[shape.size()];
        initializer.fill(w, 0, w.length, shape, fan, new KeyedRandom(seed));
        return w;
    }
}

package dev.nurture.plugins.activations;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.Activation;
import dev.nurture.spi.ActivationLayer;
import dev.nurture.spi.Factory;
import java.util.Map;

/** Makes activations as the engine does, by name. */
final class NamedActivation {
    private NamedActivation() {}

    static Activation elementwise(String name, Map<String, ?> settings) {
        return create(Activation.class, name, settings);
    }

    static ActivationLayer layer(String name, Map<String, ?> settings) {
        return create(ActivationLayer.class, name, settings);
    }

    private static <T> T create(Class<T> type, String name, Map<String, ?> settings) {
        Factory<?> factory = new ActivationsPlugin()
                .factories().stream()
                        .filter(candidate ->
                                candidate.type() == type && candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return type.cast(MapSettings.create(factory, settings));
    }
}

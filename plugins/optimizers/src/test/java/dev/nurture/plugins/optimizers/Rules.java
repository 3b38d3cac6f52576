package dev.nurture.plugins.optimizers;

import dev.nurture.contracts.MapSettings;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Optimizer;
import java.util.Map;

/** Makes update rules by name, as a definition would, and the steps they are shown. */
final class Rules {
    static final String[] NAMES = {
        "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamw", "nadam", "lion"
    };

    private Rules() {}

    record At(long number, float learningRate, boolean decays) implements Optimizer.Step {}

    @SuppressWarnings("unchecked")
    static Factory<Optimizer> factory(String name) {
        return (Factory<Optimizer>) new OptimizersPlugin()
                .factories().stream()
                        .filter(factory -> factory.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    static Optimizer create(String name, Map<String, ?> settings) {
        return MapSettings.create(factory(name), settings);
    }

    static float[][] slots(Optimizer optimizer, int size) {
        return new float[optimizer.slots().size()][size];
    }
}

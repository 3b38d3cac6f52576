package dev.nurture.contracts;

import dev.nurture.spi.Factory;
import dev.nurture.spi.Param;
import dev.nurture.spi.Settings;
import java.util.Map;

/** Settings from a map: given values, otherwise the declared defaults. Parts are given as instances. */
public final class MapSettings implements Settings {
    private final Factory<?> factory;
    private final Map<String, ?> values;

    private MapSettings(Factory<?> factory, Map<String, ?> values) {
        this.factory = factory;
        this.values = values;
    }

    /** Makes a part as the engine would, from values by parameter name. */
    public static <T> T create(Factory<T> factory, Map<String, ?> values) {
        for (String name : values.keySet()) {
            if (factory.params().stream().noneMatch(param -> param.name().equals(name))) {
                throw new IllegalArgumentException("'" + factory.name() + "' has no parameter '" + name + "'");
            }
        }
        return factory.create().apply(new MapSettings(factory, values));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T get(Param<T> param) {
        if (!factory.params().contains(param)) {
            throw new IllegalArgumentException(
                    "'" + factory.name() + "' reads '" + param.name() + "' but does not declare it");
        }
        Object value = values.containsKey(param.name()) ? values.get(param.name()) : param.fallback();
        if (value == null && param.required()) {
            throw new IllegalArgumentException("'" + factory.name() + "' needs '" + param.name() + "'");
        }
        return (T) value;
    }
}

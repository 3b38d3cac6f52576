package dev.nurture.plugin;

import dev.nurture.spi.Factory;

/** A part on offer: what can be made, of which kind, and out of which jar. */
public record Part(Kind kind, Factory<?> factory, PluginJar origin) {
    public String name() {
        return factory.name();
    }

    /** Returns kind and name as users read them, such as {@code activation 'relu'}. */
    public String title() {
        return kind.label() + " '" + name() + "'";
    }
}

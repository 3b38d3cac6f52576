package dev.nurture.plugin;

import java.util.List;

/**
 * Whose code does a piece of work, for messages.
 *
 * @param plugin name and version, as in {@code nurture-layers 1.0}; null for the engine itself
 * @param with the parts of other plugins that take part in it, such as {@code activation 'swish' of plugin swish 1.0}
 */
public record Origin(String plugin, List<String> with) {
    public Origin {
        with = List.copyOf(with);
    }

    /** Returns the plugin that an object's class comes from. */
    public static Origin of(Object part) {
        return new Origin(PluginException.pluginOf(part), List.of());
    }

    /** Returns a part with its plugin behind it, as in {@code layer dense_1 (plugin nurture-layers 1.0)}. */
    public String describe(String part) {
        return plugin == null ? part : part + " (" + this + ")";
    }

    /** Returns the beginning of a sentence that says what it did. */
    String subject() {
        return with.isEmpty() ? toString() : this + ",";
    }

    @Override
    public String toString() {
        String own = plugin == null ? "the engine" : "plugin " + plugin;
        return with.isEmpty() ? own : own + ", with " + String.join(", ", with);
    }
}

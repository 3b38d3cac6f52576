package dev.nurture.check;

import dev.nurture.plugin.Kind;
import dev.nurture.plugin.Part;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.plugin.PluginJar;
import dev.nurture.spi.Factory;
import java.util.List;

/** The checks that need more of the engine than a plugin gets to see; they stand among those of plugins. */
public final class EngineChecks {
    private static final List<Factory<?>> FACTORIES = List.of(GradientCheck.FACTORY);

    private EngineChecks() {}

    /** Returns all that plugins offer, and these. */
    public static PluginCatalog among(PluginCatalog plugins) {
        PluginJar engine = PluginJar.of("nurture-core", EngineChecks.class);
        return plugins.with(FACTORIES.stream()
                .map(factory -> new Part(Kind.CHECK, factory, engine))
                .toList());
    }
}

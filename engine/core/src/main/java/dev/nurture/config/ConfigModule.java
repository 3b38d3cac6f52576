package dev.nurture.config;

import com.google.inject.AbstractModule;

/** Binds what reads and writes definitions; needs a {@link dev.nurture.plugin.PluginCatalog}. */
public final class ConfigModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(Definitions.class);
        bind(DefinitionWriter.class);
    }
}

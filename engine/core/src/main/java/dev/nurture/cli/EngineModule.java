package dev.nurture.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.nurture.check.EngineChecks;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.ConfigModule;
import dev.nurture.data.DataModule;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.plugin.PluginLoader;
import dev.nurture.plugin.PluginLock;
import dev.nurture.run.RunModule;
import dev.nurture.train.TrainModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Wires the engine: a module a package, and the plugins of this start. */
final class EngineModule extends AbstractModule {
    private final List<Path> folders;
    private final Optional<PluginLock> lock;

    /**
     * Keeps where plugins lie and which may load.
     *
     * @param lock what may load; without one, everything
     */
    EngineModule(List<Path> folders, Optional<PluginLock> lock) {
        this.folders = List.copyOf(folders);
        this.lock = lock;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireExactBindingAnnotations();
        binder().disableCircularProxies();
        install(new ConfigModule());
        install(new DataModule());
        install(new RunModule());
        install(new TrainModule());
    }

    @Provides
    @Singleton
    PluginCatalog plugins() {
        return EngineChecks.among(PluginLoader.load(folders, lock));
    }

    @Provides
    @Singleton
    BlasLibrary blas() {
        return BlasLibrary.load();
    }
}

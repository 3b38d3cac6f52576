package dev.nurture.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.ConfigModule;
import dev.nurture.data.DataModule;
import dev.nurture.plugin.PluginCatalog;
import dev.nurture.plugin.PluginLoader;
import dev.nurture.run.RunModule;
import dev.nurture.train.TrainModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Wires the engine: a module a package, and the plugins of this start. */
final class EngineModule extends AbstractModule {
    private final List<Path> folders;

    EngineModule(CommonOptions options) {
        folders = new ArrayList<>();
        String home = System.getProperty("nurture.home");
        if (home != null) {
            folders.add(Path.of(home, "plugins"));
        }
        folders.add(Path.of("plugins"));
        folders.addAll(options.plugins);
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
        return PluginLoader.load(folders);
    }

    @Provides
    @Singleton
    BlasLibrary blas() {
        return BlasLibrary.load();
    }
}

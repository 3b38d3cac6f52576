package dev.nurture.data;

import com.google.inject.AbstractModule;
import java.nio.file.Path;

/** Binds where data sets lie, and what brings them. */
public final class DataModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(DataHome.class).toInstance(DataHome.of(System.getenv(), Path.of(System.getProperty("user.home"))));
        bind(DataFetcher.class);
    }
}

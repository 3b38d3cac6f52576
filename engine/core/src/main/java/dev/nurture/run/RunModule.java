package dev.nurture.run;

import com.google.inject.AbstractModule;

/** Binds what makes run directories. */
public final class RunModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(Storage.class).toInstance(new FileStorage());
        bind(RunDirectories.class);
    }
}

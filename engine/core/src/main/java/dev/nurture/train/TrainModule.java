package dev.nurture.train;

import com.google.inject.AbstractModule;

/** Binds what makes experiments ready. */
public final class TrainModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(ExperimentFactory.class);
    }
}

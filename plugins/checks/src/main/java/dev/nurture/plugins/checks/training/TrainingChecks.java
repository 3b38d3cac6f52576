package dev.nurture.plugins.checks.training;

import dev.nurture.spi.Factory;
import java.util.List;

/** The checks that train a little, on copies. */
public final class TrainingChecks {
    public static final List<Factory<?>> FACTORIES =
            List.of(OverfitCheck.FACTORY, LearningRateCheck.FACTORY, GeneralizationCheck.FACTORY);

    private TrainingChecks() {}
}

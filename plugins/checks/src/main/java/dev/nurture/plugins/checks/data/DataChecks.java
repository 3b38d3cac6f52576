package dev.nurture.plugins.checks.data;

import dev.nurture.spi.Factory;
import java.util.List;

/** The checks of the rows. */
public final class DataChecks {
    public static final List<Factory<?>> FACTORIES = List.of(
            InputCheck.FACTORY,
            LabelsCheck.FACTORY,
            SplitsCheck.FACTORY,
            BatchOrderCheck.FACTORY,
            PreprocessingCheck.FACTORY);

    private DataChecks() {}
}

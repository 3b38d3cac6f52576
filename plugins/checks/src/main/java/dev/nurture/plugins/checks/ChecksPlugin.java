package dev.nurture.plugins.checks;

import dev.nurture.plugins.checks.data.DataChecks;
import dev.nurture.plugins.checks.network.NetworkChecks;
import dev.nurture.plugins.checks.training.TrainingChecks;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Plugin;
import java.util.List;
import java.util.stream.Stream;

/** The built-in checks. */
public final class ChecksPlugin implements Plugin {
    @Override
    public List<Factory<?>> factories() {
        return Stream.of(DataChecks.FACTORIES, NetworkChecks.FACTORIES, TrainingChecks.FACTORIES)
                .<Factory<?>>flatMap(List::stream)
                .toList();
    }
}

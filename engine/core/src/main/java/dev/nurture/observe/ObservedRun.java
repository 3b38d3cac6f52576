package dev.nurture.observe;

import dev.nurture.spi.Bench;
import dev.nurture.spi.RunListener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A run as listeners see it.
 *
 * @param said takes what is told to the user
 * @param warned takes warnings
 */
public record ObservedRun(
        String experiment,
        String id,
        Path folder,
        Instant started,
        String version,
        String blas,
        int plugins,
        long seed,
        long parameters,
        long step,
        long totalSteps,
        long stepsPerEpoch,
        Bench.Plan plan,
        List<RunListener.Counter> counters,
        RunListener.Report report,
        Consumer<String> said,
        Consumer<String> warned)
        implements RunListener.Run {
    public ObservedRun {
        counters = List.copyOf(counters);
    }

    /** Returns a folder's name without that of the experiment, which begins it unless somebody chose another. */
    public static String id(String experiment, Path folder) {
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return name.startsWith(experiment + "-") ? name.substring(experiment.length() + 1) : name;
    }

    @Override
    public void say(String message) {
        said.accept(message);
    }

    @Override
    public void warn(String message) {
        warned.accept(message);
    }
}

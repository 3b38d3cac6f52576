package dev.nurture.cli;

import dev.nurture.run.RunDirectories;
import dev.nurture.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that begin with a definition take: which, with what changes, and where the results go. */
final class ExperimentOptions {
    @Parameters(
            index = "0",
            paramLabel = "DEF",
            description = "The definition: a .yaml, .json, .xml or .properties file.")
    Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Overrides, such as training.epochs=5 or model[0].units=64.")
    List<String> overrides = new ArrayList<>();

    @Option(names = "--runs", paramLabel = "DIR", description = "Where run directories are made (default: runs).")
    Path runs = Path.of("runs");

    @Option(names = "--run-dir", paramLabel = "DIR", description = "This very folder, new or empty.")
    Path runDirectory;

    RunDirectory makeDirectory(RunDirectories directories, String experiment) throws IOException {
        return runDirectory == null ? directories.create(runs, experiment) : directories.createAt(runDirectory);
    }
}

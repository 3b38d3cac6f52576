package dev.nurture.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Folder of plugin jars, beside the distribution's own and ./plugins; repeatable.")
    List<Path> plugins = new ArrayList<>();

    @Option(names = "--json", description = "Results as JSON.")
    boolean json;

    @Option(names = "--verbose", description = "Stack traces, and how long starting took.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    /** Returns where plugins are looked for: the distribution's own folder, {@code ./plugins}, and those given. */
    List<Path> pluginFolders() {
        List<Path> folders = new ArrayList<>();
        String home = System.getProperty("nurture.home");
        if (home != null) {
            folders.add(Path.of(home, "plugins"));
        }
        folders.add(Path.of("plugins"));
        folders.addAll(plugins);
        return folders;
    }
}

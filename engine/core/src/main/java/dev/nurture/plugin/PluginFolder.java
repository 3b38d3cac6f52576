package dev.nurture.plugin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A folder that plugins lie in: each jar is one, and each folder of jars is one, with its libraries. */
final class PluginFolder {
    private static final String ENDING = ".jar";

    private PluginFolder() {}

    /**
     * Returns the jars of each plugin in some folders, as real paths; folder by folder, in the order of the file names.
     *
     * @param folders those that do not exist are passed over, and what two of them lead to counts once
     * @param problems takes a sentence for each folder that cannot be listed
     */
    static List<List<Path>> plugins(List<Path> folders, Consumer<String> problems) {
        Map<Path, List<Path>> plugins = new LinkedHashMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try {
                    pluginsIn(folder).forEach(jars -> plugins.putIfAbsent(jars.get(0), jars));
                } catch (IOException e) {
                    problems.accept(folder + ": cannot be listed: " + e.getMessage() + "; see to its permissions");
                }
            }
        }
        return List.copyOf(plugins.values());
    }

    /**
     * Returns the jars of one plugin, as real paths.
     *
     * @param plugin its jar, or the folder that holds it with its libraries
     */
    static List<Path> plugin(Path plugin) throws UnusablePluginException {
        try {
            Path real = plugin.toRealPath();
            List<Path> jars = Files.isDirectory(real) ? List.copyOf(sorted(real, "*" + ENDING)) : List.of(real);
            if (jars.isEmpty()) {
                throw new UnusablePluginException(plugin, "holds no jar; name a jar, or a folder with one");
            }
            return jars;
        } catch (IOException e) {
            throw new UnusablePluginException(plugin, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<List<Path>> pluginsIn(Path folder) throws IOException {
        List<List<Path>> plugins = new ArrayList<>();
        for (Path entry : sorted(folder, "*")) {
            if (Files.isDirectory(entry)) {
                List<Path> together = List.copyOf(sorted(entry, "*" + ENDING));
                if (!together.isEmpty()) {
                    plugins.add(together);
                }
            } else if (entry.getFileName().toString().endsWith(ENDING)) {
                // A link that leads nowhere has no real path; opening it will say so.
                plugins.add(List.of(Files.exists(entry) ? entry.toRealPath() : entry));
            }
        }
        return plugins;
    }

    private static Set<Path> sorted(Path folder, String glob) throws IOException {
        Set<Path> entries = new TreeSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.toRealPath(), glob)) {
            stream.forEach(entries::add);
        }
        return entries;
    }

    /** Returns a jar's file name without its ending. */
    static String title(Path jar) {
        String name = jar.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}

package dev.nurture.data;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where fetched data sets lie: a folder each, named as the data set.
 *
 * @param root the folder of those folders, absolute; need not exist yet
 */
public record DataHome(Path root) {
    public DataHome {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Returns {@code $NURTURE_DATA}, otherwise {@code $XDG_CACHE_HOME/nurture/data}, otherwise
     * {@code ~/.cache/nurture/data}. A variable that is empty counts as not set, as does a relative
     * {@code XDG_CACHE_HOME} (XDG Base Directory Specification).
     */
    public static DataHome of(Map<String, String> environment, Path userHome) {
        String named = environment.getOrDefault("NURTURE_DATA", "");
        if (!named.isEmpty()) {
            return new DataHome(Path.of(named));
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = !cache.isEmpty() && Path.of(cache).isAbsolute() ? Path.of(cache) : userHome.resolve(".cache");
        return new DataHome(base.resolve("nurture").resolve("data"));
    }

    /**
     * Returns the folder of a data set.
     *
     * @throws IllegalArgumentException if the name is not in snake_case, and so could lead elsewhere
     */
    public Path folder(String dataset) {
        if (!dataset.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("'" + dataset + "' is not the name of a data set");
        }
        return root.resolve(dataset);
    }
}

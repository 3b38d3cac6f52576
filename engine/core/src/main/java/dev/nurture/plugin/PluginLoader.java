package dev.nurture.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Loads every plugin in some folders: each {@code *.jar}, and each folder that holds jars, which is one plugin with its
 * libraries. A plugin is used whole or not at all; one that cannot be used is reported and does not stop the others.
 */
public final class PluginLoader {
    private final List<Part> parts = new ArrayList<>();
    private final List<PluginJar> jars = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    private PluginLoader() {}

    /**
     * Loads what lies in these folders, each folder in the order of its file names.
     *
     * @param folders those that do not exist are passed over
     */
    public static PluginCatalog load(List<Path> folders) {
        return load(folders, Optional.empty());
    }

    /**
     * Loads what lies in these folders as far as a lock lets it, each folder in the order of its file names.
     *
     * @param folders those that do not exist are passed over
     * @param lock what may load; without one, everything
     */
    public static PluginCatalog load(List<Path> folders, Optional<PluginLock> lock) {
        PluginLoader loader = new PluginLoader();
        return loader.catalog(PluginFolder.plugins(folders, loader.problems::add), lock);
    }

    /**
     * Loads one plugin and nothing else, whatever a lock says.
     *
     * @param plugin its jar, or the folder that holds it with its libraries
     */
    public static PluginCatalog only(Path plugin) {
        PluginLoader loader = new PluginLoader();
        List<List<Path>> plugins = new ArrayList<>();
        try {
            plugins.add(PluginFolder.plugin(plugin));
        } catch (UnusablePluginException e) {
            loader.problems.add(e.getMessage());
        }
        return loader.catalog(plugins, Optional.empty());
    }

    private PluginCatalog catalog(List<List<Path>> plugins, Optional<PluginLock> lock) {
        List<PluginJar> found = new ArrayList<>();
        for (List<Path> files : plugins) {
            try {
                CandidatePlugin candidate = CandidatePlugin.read(files);
                found.addAll(candidate.jars());
                // First what no lock would list: to lock again would not help it.
                candidate.check();
                if (lock.isPresent()) {
                    lock.get().requireListed(candidate.jars());
                }
                load(candidate);
            } catch (UnusablePluginException e) {
                problems.add(e.getMessage());
            }
        }
        lock.ifPresent(present -> notices.addAll(present.missing(found)));
        return new PluginCatalog(withoutClashes(), jars, problems, notices);
    }

    private void load(CandidatePlugin candidate) throws UnusablePluginException {
        List<Path> files = candidate.jars().stream().map(PluginJar::jar).toList();
        List<PluginJar> offering =
                candidate.offering().stream().map(JarContents::origin).toList();
        PluginClassLoader loader;
        try {
            loader = new PluginClassLoader(offering.get(0).toString(), files);
        } catch (IOException e) {
            throw new UnusablePluginException(
                    files.get(0), "cannot be opened any more: " + e.getMessage() + "; try again", e);
        }
        try {
            parts.addAll(OfferedParts.of(candidate, loader));
        } catch (Throwable e) {
            closeQuietly(loader);
            throw e;
        }
        jars.addAll(offering);
        notices.addAll(candidate.notices());
    }

    private static void closeQuietly(PluginClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            // Nothing is read from it any more.
            return;
        }
    }

    /** Takes out every part whose kind and name another jar offers too: which one was meant cannot be known. */
    private List<Part> withoutClashes() {
        Map<String, List<Part>> byTitle =
                parts.stream().collect(Collectors.groupingBy(Part::title, LinkedHashMap::new, Collectors.toList()));
        List<Part> unique = new ArrayList<>();
        byTitle.forEach((title, offers) -> {
            if (offers.size() == 1) {
                unique.add(offers.get(0));
            } else {
                String files = offers.stream()
                        .map(part -> part.origin().jar().toString())
                        .collect(Collectors.joining(", "));
                problems.add(files + ": each offers " + title + ", so it is used from none of them; keep one of them");
            }
        });
        return unique;
    }
}

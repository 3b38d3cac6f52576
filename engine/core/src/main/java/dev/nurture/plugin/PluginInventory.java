package dev.nurture.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which jars there are to load, found without loading a class and whatever a lock says.
 *
 * @param jars of every plugin, those of its libraries too
 * @param problems a sentence for each plugin that cannot be used; its jars are left out
 */
public record PluginInventory(List<PluginJar> jars, List<String> problems) {
    public PluginInventory {
        jars = List.copyOf(jars);
        problems = List.copyOf(problems);
    }

    /**
     * Looks into the folders that {@link PluginLoader} would load from.
     *
     * @param folders those that do not exist are passed over
     */
    public static PluginInventory of(List<Path> folders) {
        List<PluginJar> jars = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (List<Path> files : PluginFolder.plugins(folders, problems::add)) {
            try {
                CandidatePlugin candidate = CandidatePlugin.read(files);
                candidate.check();
                jars.addAll(candidate.jars());
            } catch (UnusablePluginException e) {
                problems.add(e.getMessage());
            }
        }
        return new PluginInventory(jars, problems);
    }
}

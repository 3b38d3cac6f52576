package dev.nurture.lecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a lecture, as its folder has it.
 *
 * @param name of the folder
 * @param runs by their names
 * @param ensembles the names of the runs of which each is made, by its own name
 */
public record Part(
        String name,
        Path folder,
        String title,
        Map<String, PlannedRun> runs,
        Map<String, List<String>> ensembles,
        List<Claim> claims,
        List<FigurePlan> figures) {
    public Part {
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
        ensembles = Collections.unmodifiableMap(new LinkedHashMap<>(ensembles));
        claims = List.copyOf(claims);
        figures = List.copyOf(figures);
    }

    /** Returns the runs that names stand for, those of ensembles too, each once. */
    public List<PlannedRun> runs(List<String> names) {
        List<PlannedRun> needed = new ArrayList<>();
        for (String name : names) {
            ensembles.getOrDefault(name, List.of(name)).stream()
                    .map(runs::get)
                    .filter(run -> !needed.contains(run))
                    .forEach(needed::add);
        }
        return needed;
    }
}

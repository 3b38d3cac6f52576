package dev.nurture.lecture;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run that a part of a lecture needs.
 *
 * @param name within the part
 * @param definition the file
 * @param changes {@code key=value}, a later one before an earlier one
 * @param values of what is swept over, by its key; empty where nothing is
 */
public record PlannedRun(String name, Path definition, List<String> changes, Map<String, String> values) {
    public PlannedRun {
        changes = List.copyOf(changes);
        values = Map.copyOf(values);
    }
}

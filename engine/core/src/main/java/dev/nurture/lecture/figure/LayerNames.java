package dev.nurture.lecture.figure;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/** Layers by their names. */
final class LayerNames {
    private LayerNames() {}

    /**
     * Returns those whose names are asked for, in their order; all where nothing is asked for.
     *
     * @param patterns names in which {@code *} stands for anything
     * @throws IllegalArgumentException if no layer of the run has any of these names
     */
    static List<JsonObject> chosen(RunData run, List<JsonObject> parts, List<String> patterns) {
        List<String> names = parts.stream().map(RunData::name).toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("run '" + run.name() + "' has no layers to draw: its history is empty");
        }
        List<JsonObject> chosen = parts.stream()
                .filter(part -> patterns.isEmpty()
                        || patterns.stream().anyMatch(pattern -> matches(pattern, RunData.name(part))))
                .toList();
        if (chosen.isEmpty()) {
            RunData.requireOneOf("layer in run '" + run.name() + "' called", String.join("' or '", patterns), names);
        }
        return chosen;
    }

    private static boolean matches(String pattern, String name) {
        return name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    /** Tells whether there are several, and only the number at the end of their names tells them apart: 1, 2, 3 and so on. */
    static boolean numbered(List<String> names) {
        if (names.size() < 2 || !names.get(0).endsWith("_1")) {
            return false;
        }
        String stem = names.get(0).substring(0, names.get(0).length() - 1);
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals(stem + (i + 1))) {
                return false;
            }
        }
        return true;
    }
}

package dev.nurture.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All parts that were loaded, by kind and name, what went wrong with the jars that were not, and what else there is to
 * say of jars. Immutable.
 */
public final class PluginCatalog {
    private final Map<Kind, Map<String, Part>> parts = new EnumMap<>(Kind.class);
    private final List<PluginJar> jars;
    private final List<String> problems;
    private final List<String> notices;

    /** Keeps parts by kind and name; there are no notices. */
    public PluginCatalog(List<Part> parts, List<PluginJar> jars, List<String> problems) {
        this(parts, jars, problems, List.of());
    }

    /**
     * Keeps parts by kind and name.
     *
     * @param problems a sentence for each jar or part that could not be used
     * @param notices a sentence for each jar that its user should know something of, though nothing failed
     * @throws IllegalArgumentException if two parts of one kind share a name
     */
    public PluginCatalog(List<Part> parts, List<PluginJar> jars, List<String> problems, List<String> notices) {
        for (Kind kind : Kind.values()) {
            this.parts.put(kind, new TreeMap<>());
        }
        for (Part part : parts) {
            if (this.parts.get(part.kind()).put(part.name(), part) != null) {
                throw new IllegalArgumentException("two parts are called '" + part.name() + "'");
            }
        }
        this.jars = List.copyOf(jars);
        this.problems = List.copyOf(problems);
        this.notices = List.copyOf(notices);
    }

    /** Returns this catalog with more parts. */
    public PluginCatalog with(List<Part> more) {
        List<Part> both = new ArrayList<>(all());
        both.addAll(more);
        return new PluginCatalog(both, jars, problems, notices);
    }

    public Optional<Part> find(Kind kind, String name) {
        return Optional.ofNullable(parts.get(kind).get(name));
    }

    /** Returns the names of a kind, sorted. */
    public List<String> names(Kind kind) {
        return List.copyOf(parts.get(kind).keySet());
    }

    /** Returns the parts of a kind, sorted by name. */
    public List<Part> parts(Kind kind) {
        return List.copyOf(parts.get(kind).values());
    }

    /** Returns every part, by kind and then by name. */
    public List<Part> all() {
        List<Part> all = new ArrayList<>();
        parts.values().forEach(byName -> all.addAll(byName.values()));
        return Collections.unmodifiableList(all);
    }

    public List<PluginJar> jars() {
        return jars;
    }

    public List<String> problems() {
        return problems;
    }

    public List<String> notices() {
        return notices;
    }
}

package dev.nurture.plugin;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The jars that may load, each by name, version and SHA-256. What decides is the SHA-256; name and version are for
 * people. Immutable.
 *
 * <p>As a file, UTF-8: a first line that is always the same, then a line a jar, sorted, {@code name version sha256} with
 * two spaces between them.
 */
public final class PluginLock {
    /** The file's name; it lies in the folder that nurture is started in. */
    public static final String FILE_NAME = "plugins.lock";

    private static final String HEADER =
            "# The plugin jars that may load: name, version, SHA-256; written by 'nurture plugins lock'";
    private static final String COMMAND = "'nurture plugins lock'";
    private static final String BETWEEN = "  ";
    private static final int SHOWN_DIGITS = 12;

    /** A jar that may load. */
    public record Entry(String name, String version, String sha256) implements Comparable<Entry> {
        private static final Comparator<Entry> ORDER =
                Comparator.comparing(Entry::name).thenComparing(Entry::version).thenComparing(Entry::sha256);

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }

        /** Returns name and version. */
        @Override
        public String toString() {
            return name + " " + version;
        }

        /** Returns the first digits of its SHA-256, enough for people to tell it from others. */
        public String shownSha256() {
            return shown(sha256);
        }
    }

    /**
     * How two locks differ in one jar.
     *
     * @param before empty if the jar was added
     * @param after empty if it was taken out
     */
    public record Change(Optional<Entry> before, Optional<Entry> after) {}

    private final SortedSet<Entry> entries;

    private PluginLock(Collection<Entry> entries) {
        this.entries = Collections.unmodifiableSortedSet(new TreeSet<>(entries));
    }

    /** Returns the lock that lists these jars. */
    public static PluginLock of(Collection<PluginJar> jars) {
        return new PluginLock(jars.stream()
                .map(jar -> new Entry(jar.name(), jar.version(), jar.sha256()))
                .toList());
    }

    /**
     * Reads a lock; empty if there is none.
     *
     * @throws PluginLockException naming the file, the line and what is wrong with it
     */
    public static Optional<PluginLock> read(Path file) {
        // A link that leads nowhere is no leave to load everything.
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        List<String> lines;
        try {
            lines = Files.readString(file).lines().toList();
        } catch (CharacterCodingException e) {
            throw new PluginLockException(file + ": is not text in UTF-8; write the file anew by " + COMMAND, e);
        } catch (NoSuchFileException e) {
            throw new PluginLockException(file + ": is a link that leads nowhere; mend the link or take it away", e);
        } catch (IOException e) {
            throw new PluginLockException(file + ": cannot be read: " + e.getMessage(), e);
        }
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw malformed(file, 1, "it does not read \"" + HEADER + "\"");
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            entries.add(entry(file, i + 1, lines.get(i)));
        }
        return Optional.of(new PluginLock(entries));
    }

    private static Entry entry(Path file, int number, String line) {
        String[] fields = line.split(BETWEEN, -1);
        if (fields.length != 3) {
            throw malformed(file, number, "it is not a name, a version and a SHA-256 with two spaces between them");
        }
        if (fields[0].isBlank() || fields[1].isBlank()) {
            throw malformed(file, number, "its " + (fields[0].isBlank() ? "name" : "version") + " is empty");
        }
        if (!fields[2].matches("[0-9a-f]{64}")) {
            throw malformed(file, number, "its SHA-256 does not have 64 digits of 0-9 and a-f");
        }
        return new Entry(fields[0], fields[1], fields[2]);
    }

    private static PluginLockException malformed(Path file, int line, String what) {
        return new PluginLockException(
                file + ": line " + line + ": " + what + "; write the file anew by " + COMMAND, null);
    }

    /** Returns the content of the file. */
    public String text() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Entry entry : entries) {
            text.append(String.join(BETWEEN, entry.name(), entry.version(), entry.sha256()))
                    .append('\n');
        }
        return text.toString();
    }

    /** Returns what is listed, sorted. */
    public SortedSet<Entry> entries() {
        return entries;
    }

    /** Refuses a plugin of which a jar is not as listed. */
    void requireListed(List<PluginJar> jars) throws UnusablePluginException {
        Set<String> listed = entries.stream().map(Entry::sha256).collect(Collectors.toSet());
        for (PluginJar jar : jars) {
            if (!listed.contains(jar.sha256())) {
                throw new UnusablePluginException(jar.jar(), refusal(jar));
            }
        }
    }

    private String refusal(PluginJar jar) {
        List<Entry> sameName = entries.stream()
                .filter(entry -> entry.name().equals(jar.name()))
                .toList();
        if (sameName.isEmpty()) {
            return jar + " with SHA-256 " + shown(jar.sha256()) + " is not listed in " + FILE_NAME
                    + "; take it away, or, if it may load, run " + COMMAND;
        }
        return "has changed: " + FILE_NAME + " lists "
                + sameName.stream()
                        .map(entry -> entry + " with SHA-256 " + entry.shownSha256())
                        .collect(Collectors.joining(" and "))
                + ", this is " + jar.version() + " with " + shown(jar.sha256())
                + "; put the listed jar back, or, if this one may load, run " + COMMAND;
    }

    /** Returns a sentence for each jar that is listed and was not found, nor another of its name that is refused. */
    List<String> missing(Collection<PluginJar> found) {
        Set<String> present = found.stream().map(PluginJar::sha256).collect(Collectors.toSet());
        Set<String> listed = entries.stream().map(Entry::sha256).collect(Collectors.toSet());
        Set<String> refused = found.stream()
                .filter(jar -> !listed.contains(jar.sha256()))
                .map(PluginJar::name)
                .collect(Collectors.toSet());
        return entries.stream()
                .filter(entry -> !present.contains(entry.sha256()) && !refused.contains(entry.name()))
                .map(entry -> entry + ": is listed in " + FILE_NAME + " with SHA-256 " + entry.shownSha256()
                        + " but not there; put the jar back, or run " + COMMAND)
                .toList();
    }

    /** Returns in which jars this lock differs from an earlier one, by name. */
    public List<Change> changesSince(PluginLock earlier) {
        List<Entry> removed = new ArrayList<>(earlier.entries);
        removed.removeAll(entries);
        List<Entry> added = new ArrayList<>(entries);
        added.removeAll(earlier.entries);
        Set<String> names = new TreeSet<>();
        removed.forEach(entry -> names.add(entry.name()));
        added.forEach(entry -> names.add(entry.name()));
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            List<Entry> before = named(name, removed);
            List<Entry> after = named(name, added);
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                changes.add(new Change(at(i, before), at(i, after)));
            }
        }
        return changes;
    }

    private static List<Entry> named(String name, List<Entry> entries) {
        return entries.stream().filter(entry -> entry.name().equals(name)).toList();
    }

    private static Optional<Entry> at(int index, List<Entry> entries) {
        return index < entries.size() ? Optional.of(entries.get(index)) : Optional.empty();
    }

    private static String shown(String sha256) {
        return sha256.substring(0, SHOWN_DIGITS);
    }
}

package dev.nurture.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What of a run's provenance decides its bits, as the metadata of its checkpoints have it. */
public final class DecisiveProvenance {
    private static final String DEFINITION = "definition_sha256";
    private static final String DATA = "data_sha256";
    private static final String BLAS = "blas";
    private static final String JAVA = "java";
    private static final String ARCH = "arch";
    private static final String PLUGINS = "plugins";

    private static final Set<String> KEYS = Set.of(DEFINITION, DATA, BLAS, JAVA, ARCH, PLUGINS);

    private DecisiveProvenance() {}

    /** Returns the entries for a checkpoint's metadata. */
    public static Map<String, String> metadata(Provenance provenance) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(DEFINITION, provenance.definitionSha256());
        metadata.put(DATA, provenance.dataSha256());
        metadata.put(BLAS, provenance.blas());
        metadata.put(JAVA, provenance.java().version());
        metadata.put(ARCH, provenance.os().arch());
        metadata.put(
                PLUGINS,
                provenance.plugins().stream()
                        .map(plugin -> plugin.name() + " " + plugin.version() + " " + plugin.sha256())
                        .collect(Collectors.joining("\n")));
        return metadata;
    }

    /** Returns the hash of the rows that a checkpoint was trained on. */
    public static String dataSha256(Checkpoint checkpoint) {
        return checkpoint.metadata(DATA);
    }

    /**
     * Compares with what a checkpoint was made with. Of Java its feature version counts; of plugins those that the
     * checkpoint names, for one that came later took no part.
     *
     * @return a sentence for each difference, with both values; empty when there is none
     * @throws IllegalArgumentException if the checkpoint does not say what it was made with
     */
    public static List<String> drift(Checkpoint checkpoint, Provenance now) {
        return drift(checkpoint::metadata, now);
    }

    /**
     * Compares with what a run was made with, as {@link #drift(Checkpoint, Provenance)} does.
     *
     * @throws IllegalArgumentException if its Java version is none
     */
    public static List<String> drift(Provenance was, Provenance now) {
        return drift(metadata(was)::get, now);
    }

    private static List<String> drift(UnaryOperator<String> made, Provenance now) {
        Map<String, String> current = metadata(now);
        List<String> drift = new ArrayList<>();
        compare("the definition's SHA-256", made.apply(DEFINITION), current.get(DEFINITION), drift);
        compare("the data's SHA-256", made.apply(DATA), current.get(DATA), drift);
        Map<String, String> plugins = plugins(current.get(PLUGINS));
        plugins(made.apply(PLUGINS)).forEach((name, was) -> {
            compare("plugin " + name, was, plugins.getOrDefault(name, "missing"), drift);
        });
        compare("Java", feature(made.apply(JAVA)), feature(current.get(JAVA)), drift);
        compare("the architecture", made.apply(ARCH), current.get(ARCH), drift);
        compare("BLAS", made.apply(BLAS), current.get(BLAS), drift);
        return drift;
    }

    /** Tells whether an entry of a checkpoint's metadata says what it was made with. */
    public static boolean isOf(String key) {
        return KEYS.contains(key);
    }

    private static void compare(String what, String was, String is, List<String> drift) {
        if (!was.equals(is)) {
            drift.add(what + " was " + was + ", is " + is);
        }
    }

    private static String feature(String version) {
        return Integer.toString(Runtime.Version.parse(version).feature());
    }

    /** Returns version and SHA-256 by the plugin's name. */
    private static Map<String, String> plugins(String lines) {
        Map<String, String> plugins = new LinkedHashMap<>();
        for (String line : lines.split("\n")) {
            int version = line.lastIndexOf(' ', line.lastIndexOf(' ') - 1);
            if (version > 0) {
                plugins.put(line.substring(0, version), line.substring(version + 1));
            }
        }
        return plugins;
    }
}

package dev.nurture.plugin;

import java.nio.file.Path;

/**
 * Where a part came from.
 *
 * @param name the jar's {@code Implementation-Title}, or its file name without the ending
 * @param version its {@code Implementation-Version}, or {@code unknown}
 * @param jar the file
 * @param sha256 of the file, in lower-case hex
 */
public record PluginJar(String name, String version, Path jar, String sha256) {
    /** Returns name and version, as in {@code nurture-optimizers 1.0}. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}

package dev.nurture.plugin;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a part came from.
 *
 * @param name the jar's {@code Implementation-Title}, or its file name without the ending
 * @param version its {@code Implementation-Version}, or {@code unknown}
 * @param jar the file; empty for what was not loaded out of a jar
 * @param sha256 of the file, in lower-case hex; empty where there is none
 */
public record PluginJar(String name, String version, Path jar, String sha256) {
    /**
     * Returns where a class of the engine's own came from; its version is what its package's manifest says.
     *
     * @param name under which its parts are offered
     */
    public static PluginJar of(String name, Class<?> engine) {
        String version = Objects.requireNonNullElse(engine.getPackage().getImplementationVersion(), "unknown");
        try {
            Path file = Path.of(
                    engine.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isRegularFile(file)
                    ? new PluginJar(name, version, file, JarContents.sha256(file))
                    : new PluginJar(name, version, Path.of(""), "");
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the engine's own jar cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns name and version, as in {@code nurture-optimizers 1.0}. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Plugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/** Makes a plugin's jar as its author would: against the SPI's jar of the distribution, and nothing else. */
final class BuiltPlugin {
    private static final String SERVICE = "META-INF/services/dev.nurture.spi.Plugin";

    private BuiltPlugin() {}

    /**
     * Compiles and packs, for this SPI.
     *
     * @param type the simple name of the plugin's class, in package {@code org.example}
     * @param source of the file that has it
     * @param title name of the jar and of the plugin
     * @param plugins the folder that gets the jar
     * @param work a folder for what is only needed meanwhile
     */
    static Path jar(String type, String source, String title, String version, Path plugins, Path work)
            throws IOException {
        String spiVersion = Integer.toString(Plugin.SPI_VERSION);
        return jar(type, source, title, version, spiVersion, plugins.resolve(title + ".jar"), work);
    }

    /**
     * Compiles and packs.
     *
     * @param spiVersion that the manifest names; null if it names none
     * @param jar the file to make
     */
    static Path jar(String type, String source, String title, String version, String spiVersion, Path jar, Path work)
            throws IOException {
        Path classes = compiled(type, source, work);
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        if (spiVersion != null) {
            manifest.getMainAttributes().putValue("Nurture-Spi-Version", spiVersion);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry(SERVICE));
            out.write(("org.example." + type + "\n").getBytes(StandardCharsets.UTF_8));
            for (String name : Nurture.names(classes.resolve("org/example"))) {
                out.putNextEntry(new JarEntry("org/example/" + name));
                Files.copy(classes.resolve("org/example").resolve(name), out);
            }
        }
        return jar;
    }

    private static Path compiled(String type, String source, Path work) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        Path file = Files.writeString(work.resolve(type + ".java"), source);
        List<String> spi = Nurture.names(Nurture.DISTRIBUTION.resolve("lib")).stream()
                .filter(name -> name.startsWith("nurture-spi-"))
                .toList();
        assertThat(spi).hasSize(1);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-Xlint:all",
                        "-Werror",
                        "-cp",
                        Nurture.DISTRIBUTION.resolve("lib").resolve(spi.get(0)).toString(),
                        "-d",
                        classes.toString(),
                        file.toString());
        assertThat(status).as("status of the compiler").isZero();
        return classes;
    }
}

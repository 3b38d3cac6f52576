package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A plugin as its author would build it: against the SPI's jar of the distribution, and nothing else. */
final class SquaresJar {
    private static final String SERVICE = "META-INF/services/dev.nurture.spi.Plugin";

    /** {@code y = x²}, for positive x: a rectifier that no plugin of the distribution has. */
    private static final String SOURCE = """
            package org.example;

            import dev.nurture.spi.Activation;
            import dev.nurture.spi.Factory;
            import dev.nurture.spi.Param;
            import dev.nurture.spi.Plugin;
            import java.util.List;

            public final class SquaresPlugin implements Plugin {
                private static final Param<Double> FACTOR =
                        Param.number("factor").in("(0, 10]").or(0.5).doc("multiplies the square");

                @Override
                public List<Factory<?>> factories() {
                    return List.of(new Factory<>(Activation.class, "squared_relu", "The rectifier, squared.",
                            List.of(FACTOR), settings -> new SquaredRelu(settings.get(FACTOR).floatValue())));
                }

                record SquaredRelu(float factor) implements Activation {
                    @Override
                    public void forward(float[] x, float[] y, int from, int to) {
                        for (int i = from; i < to; i++) {
                            float positive = Math.max(0, x[i]);
                            y[i] = factor * positive * positive;
                        }
                    }

                    @Override
                    public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
                        for (int i = from; i < to; i++) {
                            dx[i] = dy[i] * 2 * factor * Math.max(0, x[i]);
                        }
                    }
                }
            }
            """;

    private SquaresJar() {}

    /**
     * Builds the jar; returns the file.
     *
     * @param version of the plugin
     * @param spiVersion that the manifest names; null if it names none
     */
    static Path write(Path jar, String version, String spiVersion) throws IOException {
        Path classes = Files.createTempDirectory("squares");
        compile(classes);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, "squares");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        if (spiVersion != null) {
            manifest.getMainAttributes().putValue("Nurture-Spi-Version", spiVersion);
        }
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry(SERVICE));
            out.write("org.example.SquaresPlugin\n".getBytes(StandardCharsets.UTF_8));
            for (String name : Nurture.names(classes.resolve("org/example"))) {
                out.putNextEntry(new JarEntry("org/example/" + name));
                Files.copy(classes.resolve("org/example").resolve(name), out);
            }
        }
        return jar;
    }

    private static void compile(Path classes) throws IOException {
        Path source = Files.writeString(classes.resolve("SquaresPlugin.java"), SOURCE);
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
                        source.toString());
        assertThat(status).as("status of the compiler").isZero();
    }
}

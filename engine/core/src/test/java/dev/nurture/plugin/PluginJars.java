package dev.nurture.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.spi.Plugin;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Builds jars out of source text, sound ones and others. What an entry holds stands in the jar as it is. */
public final class PluginJars {
    private final Manifest manifest = new Manifest();
    private final List<String> offered = new ArrayList<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, UnaryOperator<byte[]>> changes = new LinkedHashMap<>();
    private final List<String> without = new ArrayList<>();
    private final List<Path> classPath = new ArrayList<>();

    private PluginJars() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        classPath.add(codeOf(Plugin.class));
    }

    /** Begins a jar that says it was built for this SPI, version 1 of itself. */
    public static PluginJars titled(String title) {
        return new PluginJars()
                .attribute("Implementation-Title", title)
                .attribute("Implementation-Version", "1")
                .attribute("Nurture-Spi-Version", String.valueOf(Plugin.SPI_VERSION));
    }

    /** Returns a sound jar that offers one activation, which doubles; title, package and activation share a name. */
    public static PluginJars doubling(String name) {
        return titled(name).plugin(name + ".Doubling", "return List.of(" + factory(name) + ");");
    }

    /** Returns the expression of a factory of activations that double. */
    public static String factory(String name) {
        return "Factory.of(Activation.class, \"" + name + "\", \"Doubles.\", Doubler::new)";
    }

    /** Sets an attribute of the manifest; null takes it out. */
    public PluginJars attribute(String name, String value) {
        if (value == null) {
            manifest.getMainAttributes().remove(new Attributes.Name(name));
        } else {
            manifest.getMainAttributes().putValue(name, value);
        }
        return this;
    }

    /** Adds a plugin class and offers it; its methods may use the class {@code Doubler}, an activation. */
    public PluginJars plugin(String className, String factories) {
        return plugin(className, factories, "");
    }

    /** Adds a plugin class with further members and offers it. */
    public PluginJars plugin(String className, String factories, String members) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return offering(className).source(className, """
                import dev.nurture.spi.*;
                import java.util.*;

                public class %s implements Plugin {
                    %s
                    public List<Factory<?>> factories() {
                        %s
                    }

                    static final class Doubler implements Activation {
                        public void forward(float[] x, float[] y, int from, int to) {
                            for (int i = from; i < to; i++) y[i] = 2 * x[i];
                        }

                        public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
                            for (int i = from; i < to; i++) dx[i] = 2 * dy[i];
                        }
                    }
                }
                """.formatted(simple, members, factories));
    }

    /** Names a class in the service file. */
    public PluginJars offering(String className) {
        offered.add(className);
        return this;
    }

    /** Adds a class; its source goes without the line of the package. */
    public PluginJars source(String className, String source) {
        int dot = className.lastIndexOf('.');
        sources.put(className, "package " + className.substring(0, dot) + ";\n" + source);
        return this;
    }

    /** Adds a file. */
    public PluginJars file(String entry, String content) {
        files.put(entry, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Leaves out entries that begin so, after everything was compiled. */
    public PluginJars without(String entry) {
        without.add(entry);
        return this;
    }

    /** Changes the content of an entry before it is packed. */
    public PluginJars changing(String entry, UnaryOperator<byte[]> change) {
        changes.put(entry, change);
        return this;
    }

    /** Compiles against a library too. */
    public PluginJars against(Path jar) {
        classPath.add(jar);
        return this;
    }

    /** Compiles and packs; returns the file. */
    public Path writeTo(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        if (!offered.isEmpty()) {
            entries.put(
                    "META-INF/services/" + Plugin.class.getName(),
                    (String.join("\n", offered) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        entries.putAll(compiled());
        entries.putAll(files);
        entries.keySet().removeIf(entry -> without.stream().anyMatch(entry::startsWith));
        changes.forEach((entry, change) -> entries.compute(entry, (name, content) -> change.apply(content)));
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return jar;
    }

    private Map<String, byte[]> compiled() throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        if (sources.isEmpty()) {
            return classes;
        }
        Path folder = Files.createTempDirectory("classes");
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "-d",
                folder.toString());
        boolean done = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        sources.entrySet().stream()
                                .map(source -> new SourceText(source.getKey(), source.getValue()))
                                .toList())
                .call();
        assertThat(done).as(said.toString()).isTrue();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isRegularFile(path)) {
                    String entry = folder.relativize(path).toString().replace(File.separatorChar, '/');
                    classes.put(entry, Files.readAllBytes(path));
                }
                Files.delete(path);
            }
        }
        return classes;
    }

    private static Path codeOf(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        SourceText(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}

package dev.nurture.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLoaderTest {
    @TempDir
    Path folder;

    @Test
    void aJarBuiltAgainstTheSpiAloneIsLoadedWithItsNameAndVersion() throws IOException {
        jar("one.jar", "one", activation("one.OnePlugin", "double_it"), "1.2.3");
        PluginCatalog catalog = PluginLoader.load(List.of(folder.resolve("plugins")));
        assertThat(catalog.problems()).isEmpty();
        Part part = catalog.find(Kind.ACTIVATION, "double_it").orElseThrow();
        assertThat(part.origin()).hasToString("one 1.2.3");
        assertThat(part.origin().sha256()).matches("[0-9a-f]{64}");
        assertThat(part.factory().create().apply(null)).isInstanceOf(dev.nurture.spi.Activation.class);
    }

    @Test
    void aPluginSeesNeitherTheEngineNorItsLibraries() throws Exception {
        jar("one.jar", "one", activation("one.OnePlugin", "double_it"), "1");
        PluginCatalog catalog = PluginLoader.load(List.of(folder.resolve("plugins")));
        ClassLoader loader = catalog.find(Kind.ACTIVATION, "double_it")
                .orElseThrow()
                .factory()
                .create()
                .apply(null)
                .getClass()
                .getClassLoader();
        assertThat(loader.loadClass("dev.nurture.spi.Layer")).isSameAs(dev.nurture.spi.Layer.class);
        for (String hidden : List.of("dev.nurture.plugin.Kind", "com.google.inject.Guice", "org.yaml.snakeyaml.Yaml")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> loader.loadClass(hidden)))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void brokenJarsAreNamedAndTheHealthyOnesAreUsable() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(plugins.resolve("a-text.jar"), "not a zip");
        Files.write(plugins.resolve("b-empty.jar"), new byte[0]);
        jar("c-thrower.jar", "thrower", thrower("thrower.ThrowingPlugin"), "1");
        jar("d-good.jar", "good", activation("good.GoodPlugin", "good"), "1");
        jar("e-nothing.jar", "nothing", Map.of(), "1");
        byte[] whole = Files.readAllBytes(plugins.resolve("d-good.jar"));
        Files.write(plugins.resolve("f-cut.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));

        PluginCatalog catalog = PluginLoader.load(List.of(plugins));
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("good");
        assertThat(catalog.problems()).hasSize(5);
        assertThat(catalog.problems().get(0)).contains("a-text.jar: not a readable jar");
        assertThat(catalog.problems().get(1)).contains("b-empty.jar: not a readable jar");
        assertThat(catalog.problems().get(2))
                .contains("c-thrower.jar: cannot be loaded: IllegalStateException: out of order");
        assertThat(catalog.problems().get(3)).contains("e-nothing.jar: offers no plugin");
        assertThat(catalog.problems().get(4)).contains("f-cut.jar: not a readable jar");
    }

    @Test
    void aNameThatTwoJarsOfferIsUsedFromNeither() throws IOException {
        jar("first.jar", "first", activation("first.FirstPlugin", "twice"), "1");
        jar("second.jar", "second", activation("second.SecondPlugin", "twice"), "1");
        PluginCatalog catalog = PluginLoader.load(List.of(folder.resolve("plugins")));
        assertThat(catalog.names(Kind.ACTIVATION)).isEmpty();
        assertThat(catalog.problems())
                .singleElement()
                .asString()
                .contains("activation 'twice' is offered by 2 jars")
                .contains("first.jar")
                .contains("second.jar");
    }

    @Test
    void aFolderIsOnePluginWithItsLibraries() throws IOException {
        jar("together/plugin.jar", "together", activation("together.TogetherPlugin", "together"), "1");
        jar("together/library.jar", "library", Map.of(), "1");
        PluginCatalog catalog = PluginLoader.load(List.of(folder.resolve("plugins")));
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.find(Kind.ACTIVATION, "together")
                        .orElseThrow()
                        .origin()
                        .name())
                .isEqualTo("together");
    }

    @Test
    void theSameJarInTwoFoldersIsLoadedOnce() throws IOException {
        jar("one.jar", "one", activation("one.OnePlugin", "double_it"), "1");
        Path plugins = folder.resolve("plugins");
        PluginCatalog catalog = PluginLoader.load(List.of(plugins, plugins.resolve("../plugins")));
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.jars()).hasSize(1);
    }

    @Test
    void aLinkThatLeadsNowhereHidesNoOtherJar() throws IOException {
        jar("good.jar", "good", activation("good.GoodPlugin", "good"), "1");
        Path plugins = folder.resolve("plugins");
        Files.createSymbolicLink(plugins.resolve("a-gone.jar"), folder.resolve("gone.jar"));
        PluginCatalog catalog = PluginLoader.load(List.of(plugins));
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("good");
        assertThat(catalog.problems()).singleElement().asString().contains("a-gone.jar: not a readable jar");
    }

    @Test
    void aPluginThatCallsItselfWithoutEndIsReported() throws IOException {
        jar("endless.jar", "endless", source("endless.EndlessPlugin", "return factories(); }"), "1");
        jar("good.jar", "good", activation("good.GoodPlugin", "good"), "1");
        PluginCatalog catalog = PluginLoader.load(List.of(folder.resolve("plugins")));
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("good");
        assertThat(catalog.problems())
                .singleElement()
                .asString()
                .contains("endless.jar: cannot be loaded: StackOverflowError");
    }

    @Test
    void aFailureNamesThePluginWhoseCodeWasAtWork() throws IOException {
        jar("one.jar", "one", activation("one.OnePlugin", "double_it"), "1.2");
        var activation = (dev.nurture.spi.Activation) PluginLoader.load(List.of(folder.resolve("plugins")))
                .find(Kind.ACTIVATION, "double_it")
                .orElseThrow()
                .factory()
                .create()
                .apply(null);
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(
                () -> activation.forward(new float[2], new float[2], 0, 3));
        RuntimeException named = PluginException.in("step 7", PluginException.in("layer dense_1", thrown));
        assertThat(named)
                .isInstanceOf(PluginException.class)
                .hasMessage("plugin one 1.2 failed: ArrayIndexOutOfBoundsException: Index 2 out of bounds for length 2;"
                        + " in layer dense_1, step 7")
                .hasCause(thrown);
        assertThat(PluginException.pluginOf(activation)).isEqualTo("one 1.2");
    }

    @Test
    void aFailureOfTheEngineIsLaidAtNoPluginsDoor() {
        RuntimeException thrown = new IllegalStateException("own fault");
        assertThat(PluginException.in("step 7", thrown)).isSameAs(thrown);
        assertThat(PluginException.pluginOf("text")).isNull();
    }

    private static Map<String, String> activation(String className, String name) {
        return source(
                className,
                "return java.util.List.of(dev.nurture.spi.Factory.of("
                        + "dev.nurture.spi.Activation.class, \"" + name + "\", \"Doubles.\", Doubling::new)); }"
                        + "static final class Doubling implements dev.nurture.spi.Activation {"
                        + " public void forward(float[] x, float[] y, int from, int to) {"
                        + "  for (int i = from; i < to; i++) y[i] = 2 * x[i]; }"
                        + " public void backward(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {"
                        + "  for (int i = from; i < to; i++) dx[i] = 2 * dy[i]; } }");
    }

    private static Map<String, String> thrower(String className) {
        return source(className, "throw new IllegalStateException(\"out of order\"); }");
    }

    private static Map<String, String> source(String className, String body) {
        int dot = className.lastIndexOf('.');
        return Map.of(
                className,
                "package " + className.substring(0, dot) + "; public class " + className.substring(dot + 1)
                        + " implements dev.nurture.spi.Plugin {"
                        + " public java.util.List<dev.nurture.spi.Factory<?>> factories() { " + body + " }");
    }

    /** Compiles sources against the SPI and packs them, the first class as the plugin. */
    private void jar(String file, String title, Map<String, String> sources, String version) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes-" + title));
        Path target = folder.resolve("plugins").resolve(file);
        Files.createDirectories(target.getParent());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path java =
                    classes.resolve(source.getKey().substring(source.getKey().lastIndexOf('.') + 1) + ".java");
            Files.writeString(java, source.getValue());
            String spi = Path.of(dev.nurture.spi.Plugin.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .toString();
            assertThat(compiler.run(
                            null, null, null, "-cp", spi, "-proc:none", "-d", classes.toString(), java.toString()))
                    .isZero();
            Files.delete(java);
        }
        try (OutputStream out = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                var files = Files.walk(classes)) {
            for (String name : sources.keySet()) {
                jar.putNextEntry(new JarEntry("META-INF/services/dev.nurture.spi.Plugin"));
                jar.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                jar.closeEntry();
            }
            for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                jar.write(Files.readAllBytes(path));
                jar.closeEntry();
            }
        }
    }
}

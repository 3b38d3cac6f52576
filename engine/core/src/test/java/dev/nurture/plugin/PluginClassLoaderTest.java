package dev.nurture.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which classes and resources the plugins see: their own. */
class PluginClassLoaderTest {
    @TempDir
    Path temporary;

    private Path plugins;

    @BeforeEach
    void folder() throws IOException {
        plugins = Files.createDirectories(temporary.resolve("plugins"));
    }

    /** Writes a folder with a plugin and its library; what the plugin's part is said to be comes out of the library. */
    private void pluginWithLibrary(String name, String version, String className, String source) throws IOException {
        Path library = PluginJars.titled("library")
                .attribute("Implementation-Version", version)
                .source(className, source)
                .writeTo(plugins.resolve(name).resolve("library.jar"));
        PluginJars.titled(name)
                .against(library)
                .plugin(
                        name + ".User",
                        "return List.of(Factory.of(Activation.class, \"%s\", %s.text(), Doubler::new));"
                                .formatted(name, className))
                .writeTo(plugins.resolve(name).resolve("plugin.jar"));
    }

    private String docOf(PluginCatalog catalog, String name) {
        return catalog.find(Kind.ACTIVATION, name).orElseThrow().factory().doc();
    }

    @Test
    void twoPluginsSeeEachItsOwnVersionOfALibrary() throws IOException {
        for (String version : List.of("1", "2")) {
            pluginWithLibrary("user" + version, version, "lib.Version", """
                            public class Version {
                                public static String text() {
                                    return "code of %s, package of "
                                            + Version.class.getPackage().getImplementationVersion();
                                }
                            }""".formatted(version));
        }
        PluginCatalog catalog = PluginLoader.load(List.of(plugins));
        assertThat(catalog.problems()).isEmpty();
        assertThat(docOf(catalog, "user1")).isEqualTo("code of 1, package of 1");
        assertThat(docOf(catalog, "user2")).isEqualTo("code of 2, package of 2");
    }

    @Test
    void aLibraryOfTheEnginesNameIsThePluginsOwn() throws IOException {
        pluginWithLibrary("user", "0", "com.google.gson.Gson", """
                public class Gson {
                    public static String text() {
                        return "not the engine's";
                    }
                }""");
        PluginCatalog catalog = PluginLoader.load(List.of(plugins));
        assertThat(catalog.problems()).isEmpty();
        assertThat(docOf(catalog, "user")).isEqualTo("not the engine's");
        assertThat(catchThrowable(() -> com.google.gson.Gson.class.getMethod("text")))
                .isInstanceOf(NoSuchMethodException.class);
    }

    @Test
    void aJarThatAManifestPointsAtIsNotLoaded() throws Exception {
        Path other = PluginJars.titled("other")
                .source("other.Hidden", "public class Hidden { }")
                .writeTo(temporary.resolve("other.jar"));
        Path jar = PluginJars.doubling("one")
                .attribute("Class-Path", other.getFileName().toString())
                .writeTo(temporary.resolve("one.jar"));
        try (PluginClassLoader loader = new PluginClassLoader("one 1", List.of(jar))) {
            assertThat(loader.loadClass("one.Doubling")).isNotNull();
            assertThat(catchThrowable(() -> loader.loadClass("other.Hidden")))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void resourcesAreReadOutOfJarsInFoldersWithOddNames() throws IOException {
        Path odd = temporary.resolve("a b#c!").resolve("50%");
        Path first = PluginJars.titled("first").file("a dir/x#1.txt", "first").writeTo(odd.resolve("1.jar"));
        Path second =
                PluginJars.titled("second").file("a dir/x#1.txt", "second").writeTo(odd.resolve("2.jar"));
        try (PluginClassLoader loader = new PluginClassLoader("odd 1", List.of(first, second))) {
            assertThat(text(loader.getResource("a dir/x#1.txt"))).isEqualTo("first");
            assertThat(Collections.list(loader.getResources("a dir/x#1.txt")))
                    .extracting(PluginClassLoaderTest::text)
                    .containsExactly("first", "second");
            assertThat(loader.getResource("a dir/y.txt")).isNull();
        }
    }

    private static String text(URL url) {
        try (var in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLibraryFindsItsServices() throws Exception {
        Path jar = PluginJars.titled("services")
                .source("lib.Named", """
                        public class Named implements java.util.function.Supplier<String> {
                            public String get() {
                                return "found";
                            }
                        }""")
                .file("META-INF/services/java.util.function.Supplier", "lib.Named")
                .writeTo(temporary.resolve("services.jar"));
        try (PluginClassLoader loader = new PluginClassLoader("services 1", List.of(jar))) {
            Supplier<?> service =
                    ServiceLoader.load(Supplier.class, loader).findFirst().orElseThrow();
            assertThat(service.get()).isEqualTo("found");
        }
    }

    @Test
    void aClassForThisJavaComesBeforeTheOneForEveryJava() throws Exception {
        Path newer = PluginJars.titled("newer")
                .source("lib.Which", which("for this"))
                .writeTo(temporary.resolve("newer.jar"));
        byte[] forThis;
        try (java.util.jar.JarFile jar = new java.util.jar.JarFile(newer.toFile());
                var in = jar.getInputStream(jar.getEntry("lib/Which.class"))) {
            forThis = in.readAllBytes();
        }
        Path both = PluginJars.titled("both")
                .attribute("Multi-Release", "true")
                .source("lib.Which", which("for every"))
                .file("META-INF/versions/17/lib/Which.class", "")
                .changing("META-INF/versions/17/lib/Which.class", bytes -> forThis)
                .writeTo(temporary.resolve("both.jar"));
        try (PluginClassLoader loader = new PluginClassLoader("both 1", List.of(both))) {
            Callable<?> which =
                    (Callable<?>) loader.loadClass("lib.Which").getConstructor().newInstance();
            assertThat(which.call()).isEqualTo("for this");
            assertThat(loader.getResource("lib/Which.class").toString())
                    .endsWith("!/META-INF/versions/17/lib/Which.class");
        }
    }

    private static String which(String answer) {
        return "public class Which implements java.util.concurrent.Callable<String> { public String call() { return \""
                + answer + "\"; } }";
    }
}

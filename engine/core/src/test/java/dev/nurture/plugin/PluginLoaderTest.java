package dev.nurture.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nurture.spi.Activation;
import dev.nurture.spi.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLoaderTest {
    @TempDir
    Path temporary;

    private Path plugins;

    @BeforeEach
    void folder() throws IOException {
        // As the loader names it.
        plugins = Files.createDirectories(temporary.resolve("plugins")).toRealPath();
    }

    private PluginCatalog load() {
        return PluginLoader.load(List.of(plugins));
    }

    private Path jar(String name) {
        return plugins.resolve(name);
    }

    private static Activation activation(PluginCatalog catalog, String name) {
        return (Activation) catalog.find(Kind.ACTIVATION, name)
                .orElseThrow()
                .factory()
                .create()
                .apply(null);
    }

    @Test
    void aJarBuiltAgainstTheSpiAloneIsLoadedWithItsNameAndVersion() throws IOException {
        PluginJars.doubling("one").attribute("Implementation-Version", "1.2.3").writeTo(jar("x.jar"));
        PluginCatalog catalog = load();
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.notices()).isEmpty();
        Part part = catalog.find(Kind.ACTIVATION, "one").orElseThrow();
        assertThat(part.origin()).hasToString("one 1.2.3");
        assertThat(part.origin().sha256()).matches("[0-9a-f]{64}");
        assertThat(catalog.jars()).containsExactly(part.origin());
        assertThat(activation(catalog, "one")).isNotNull();
    }

    @Test
    void whatTheManifestDoesNotNameTheFileDoes() throws IOException {
        PluginJars.doubling("one")
                .attribute("Implementation-Title", " ")
                .attribute("Implementation-Version", null)
                .writeTo(jar("two  words.jar"));
        assertThat(load().jars()).singleElement().hasToString("two words unknown");
    }

    @Test
    void aPluginSeesNeitherTheEngineNorItsLibraries() throws Exception {
        PluginJars.doubling("one").writeTo(jar("one.jar"));
        ClassLoader loader = activation(load(), "one").getClass().getClassLoader();
        assertThat(loader.loadClass("dev.nurture.spi.Layer")).isSameAs(Layer.class);
        for (String hidden : List.of("dev.nurture.plugin.Kind", "com.google.inject.Guice", "org.yaml.snakeyaml.Yaml")) {
            assertThat(catchThrowable(() -> loader.loadClass(hidden))).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void aNameThatTwoJarsOfferIsUsedFromNeither() throws IOException {
        Path first = PluginJars.doubling("twice")
                .plugin("twice.Other", "return List.of(" + PluginJars.factory("first") + ");")
                .writeTo(jar("first.jar"));
        Path second = PluginJars.doubling("twice").writeTo(jar("second.jar"));
        PluginCatalog catalog = load();
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("first");
        assertThat(catalog.problems())
                .containsExactly(first + ", " + second + ": each offers activation 'twice', so it is used from none of"
                        + " them; keep one of them");
    }

    @Test
    void aPluginThatFailsMidwayOffersNothing() throws IOException {
        Path jar = PluginJars.doubling("early")
                .plugin("early.Late", "throw new IllegalStateException(\"too late\");")
                .writeTo(jar("early.jar"));
        PluginCatalog catalog = load();
        assertThat(catalog.all()).isEmpty();
        assertThat(catalog.jars()).isEmpty();
        assertThat(catalog.problems())
                .containsExactly(jar + ": early.Late.factories() threw IllegalStateException: too late; that is for the"
                        + " plugin's author to mend");
    }

    @Test
    void noClassOfAJarForAnotherSpiIsLoaded() throws IOException {
        String trace = "static { System.setProperty(\"nurture.test.loaded\", \"yes\"); }";
        System.clearProperty("nurture.test.loaded");
        PluginJars.titled("other")
                .attribute("Nurture-Spi-Version", "2")
                .plugin("other.Other", "return List.of();", trace)
                .writeTo(jar("other.jar"));
        assertThat(load().problems()).singleElement().asString().contains("version 2 of the plugin SPI");
        assertThat(System.getProperty("nurture.test.loaded")).isNull();

        // The same jar for this SPI does leave its trace.
        PluginJars.titled("other")
                .plugin("other.Other", "return List.of();", trace)
                .writeTo(jar("other.jar"));
        assertThat(load().problems()).isEmpty();
        assertThat(System.clearProperty("nurture.test.loaded")).isEqualTo("yes");
    }

    @Test
    void aLibraryForAnotherSpiKeepsItsPluginFromLoading() throws IOException {
        PluginJars.doubling("mine").writeTo(jar("mine/plugin.jar"));
        Path library = PluginJars.titled("library")
                .attribute("Nurture-Spi-Version", "7")
                .writeTo(jar("mine/library.jar"));
        PluginCatalog catalog = load();
        assertThat(catalog.all()).isEmpty();
        assertThat(catalog.problems())
                .singleElement()
                .asString()
                .startsWith(library + ": was built for version 7 of the plugin SPI, this Nurture has version 1;");
    }

    @Test
    void aJarThatNamesNoSpiIsUsedWithANotice() throws IOException {
        Path silent = PluginJars.doubling("silent")
                .attribute("Nurture-Spi-Version", null)
                .writeTo(jar("silent/plugin.jar"));
        PluginJars.titled("library").attribute("Nurture-Spi-Version", null).writeTo(jar("silent/library.jar"));
        PluginCatalog catalog = load();
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("silent");
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.notices())
                .containsExactly(
                        silent + ": does not say which version of the plugin SPI it was built for; add the line"
                                + " 'Nurture-Spi-Version: 1' to its manifest");
    }

    @Test
    void aFolderIsOnePluginWithItsLibraries() throws IOException {
        Path library = PluginJars.titled("library")
                .source("lib.Helper", "public class Helper { public static String name() { return \"helped\"; } }")
                .writeTo(jar("together/a-library.jar"));
        PluginJars.titled("together")
                .against(library)
                .plugin(
                        "together.Together",
                        "return List.of(Factory.of(Activation.class, lib.Helper.name(), \"\", Doubler::new));")
                .writeTo(jar("together/plugin.jar"));
        PluginCatalog catalog = load();
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.find(Kind.ACTIVATION, "helped").orElseThrow().origin())
                .hasToString("together 1");
        assertThat(PluginException.pluginOf(activation(catalog, "helped"))).isEqualTo("together 1");
    }

    @Test
    void aLibraryForANewerJavaIsNamedInsteadOfItsPlugin() throws IOException {
        Path library = PluginJars.titled("library")
                .source("lib.Helper", "public class Helper { public static void help() { } }")
                .writeTo(jar("together/library.jar"));
        PluginJars.titled("together")
                .against(library)
                .plugin("together.Together", "lib.Helper.help(); return List.of();")
                .writeTo(jar("together/plugin.jar"));
        PluginJars.titled("library")
                .source("lib.Helper", "public class Helper { public static void help() { } }")
                .changing("lib/Helper.class", bytes -> {
                    bytes[7] = 99 + 44 - 256;
                    return bytes;
                })
                .writeTo(library);
        assertThat(load().problems())
                .singleElement()
                .asString()
                .startsWith(library + ": was built for Java 99; this is Java ");
    }

    @Test
    void aFolderWithoutAPluginIsNamed() throws IOException {
        PluginJars.titled("a").writeTo(jar("libraries/a.jar"));
        PluginJars.titled("b").writeTo(jar("libraries/b.jar"));
        assertThat(load().problems())
                .containsExactly(jar("libraries")
                        + ": offers no plugin: none of its jars has a META-INF/services/dev.nurture.spi.Plugin; put the"
                        + " plugin's jar beside its libraries");
    }

    @Test
    void theSameJarInTwoFoldersIsLoadedOnce() throws IOException {
        PluginJars.doubling("one").writeTo(jar("one.jar"));
        PluginCatalog catalog = PluginLoader.load(List.of(plugins, plugins.resolve("../plugins")));
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.jars()).hasSize(1);
    }

    @Test
    void aLinkThatLeadsNowhereHidesNoOtherJar() throws IOException {
        PluginJars.doubling("good").writeTo(jar("good.jar"));
        Path gone = Files.createSymbolicLink(jar("a-gone.jar"), temporary.resolve("gone.jar"));
        PluginCatalog catalog = load();
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("good");
        assertThat(catalog.problems())
                .containsExactly(gone
                        + ": not a readable jar: it is a link that leads nowhere; mend the link or take it" + " away");
    }

    @Test
    void aFolderThatIsCalledAJarIsNoJar() throws IOException {
        PluginJars.doubling("good").writeTo(jar("good.jar"));
        Path odd = Files.createDirectories(jar("together/odd.jar"));
        PluginCatalog catalog = load();
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("good");
        assertThat(catalog.problems())
                .containsExactly(odd + ": not a readable jar: it is a folder; give it a name without .jar at its end");
    }

    @Test
    void aFailureNamesThePluginWhoseCodeWasAtWork() throws IOException {
        PluginJars.doubling("one").attribute("Implementation-Version", "1.2").writeTo(jar("one.jar"));
        Activation activation = activation(load(), "one");
        Throwable thrown = catchThrowable(() -> activation.forward(new float[2], new float[2], 0, 3));
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
}

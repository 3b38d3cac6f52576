package dev.nurture.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginLockTest {
    private static final String HEADER =
            "# The plugin jars that may load: name, version, SHA-256; written by 'nurture plugins lock'\n";
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String C = "c".repeat(64);

    @TempDir
    Path temporary;

    private Path plugins;
    private Path file;

    @BeforeEach
    void folder() throws IOException {
        plugins = Files.createDirectories(temporary.resolve("plugins")).toRealPath();
        file = temporary.resolve("plugins.lock");
    }

    private static PluginJar jar(String name, String version, String sha256) {
        return new PluginJar(name, version, Path.of(name + ".jar"), sha256);
    }

    private PluginLock lock(String... lines) throws IOException {
        Files.writeString(file, HEADER + String.join("\n", lines));
        return PluginLock.read(file).orElseThrow();
    }

    private PluginLock lockOfWhatIsThere() {
        PluginInventory inventory = PluginInventory.of(List.of(plugins));
        assertThat(inventory.problems()).isEmpty();
        return PluginLock.of(inventory.jars());
    }

    private PluginCatalog load(PluginLock lock) {
        return PluginLoader.load(List.of(plugins), Optional.of(lock));
    }

    private static String shown(Path jar) throws IOException {
        return sha256(jar).substring(0, 12);
    }

    private static String sha256(Path jar) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLineAJarInTheSameOrderHoweverTheyWereFound() {
        List<PluginJar> jars = new ArrayList<>(
                List.of(jar("two words", "1.0 beta", C), jar("two words", "0.9", B), jar("activations", "1.0", A)));
        String text = PluginLock.of(jars).text();
        assertThat(text)
                .isEqualTo(HEADER + "activations  1.0  " + A + "\ntwo words  0.9  " + B + "\ntwo words  1.0 beta  " + C
                        + "\n");
        Collections.reverse(jars);
        assertThat(PluginLock.of(jars).text()).isEqualTo(text);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        PluginLock lock = PluginLock.of(List.of(jar("two words", "1.0 beta", C), jar("activations", "1.0", A)));
        Files.writeString(file, lock.text());
        PluginLock read = PluginLock.read(file).orElseThrow();
        assertThat(read.entries()).isEqualTo(lock.entries()).hasSize(2);
        Files.writeString(file, lock.text().replace("\n", "\r\n"));
        assertThat(PluginLock.read(file).orElseThrow().entries()).isEqualTo(lock.entries());
    }

    @Test
    void whereThereIsNoneEverythingMayLoad() throws IOException {
        assertThat(PluginLock.read(file)).isEmpty();
        PluginJars.doubling("one").writeTo(plugins.resolve("one.jar"));
        assertThat(PluginLoader.load(List.of(plugins), PluginLock.read(file)).names(Kind.ACTIVATION))
                .containsExactly("one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "one  1|it is not a name, a version and a SHA-256 with two spaces between them",
                "one 1 a|it is not a name, a version and a SHA-256 with two spaces between them",
                "<<<<<<< HEAD|it is not a name, a version and a SHA-256 with two spaces between them",
                "''|it is not a name, a version and a SHA-256 with two spaces between them",
                "  1  a|its name is empty",
                "one    a|its version is empty",
                "one  1  a|its SHA-256 does not have 64 digits of 0-9 and a-f",
            })
    void aMalformedLineIsNamedWithItsFile(String line, String what) {
        assertThatThrownBy(() -> lock("fine  1  " + A, line, "fine  2  " + B))
                .isInstanceOf(PluginLockException.class)
                .hasMessage(file + ": line 3: " + what + "; write the file anew by 'nurture plugins lock'");
    }

    @Test
    void aShaInCapitalsIsMalformed() {
        assertThatThrownBy(() -> lock("fine  1  " + A.toUpperCase(java.util.Locale.ROOT)))
                .hasMessageStartingWith(file + ": line 2: its SHA-256 does not have 64 digits");
    }

    @Test
    void aFileThatIsNoLockAtAllIsMalformed() throws IOException {
        for (String text : List.of("", "fine  1  " + A, " " + HEADER)) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> PluginLock.read(file))
                    .hasMessage(file + ": line 1: it does not read \"" + HEADER.strip()
                            + "\"; write the file anew by 'nurture plugins lock'");
        }
        Files.write(file, (HEADER + "ä").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PluginLock.read(file))
                .hasMessage(file + ": is not text in UTF-8; write the file anew by 'nurture plugins lock'");
    }

    @Test
    void aLockThatIsThereAndCannotBeReadIsNotTakenForNone() throws IOException {
        Files.createSymbolicLink(file, temporary.resolve("gone"));
        assertThatThrownBy(() -> PluginLock.read(file))
                .isInstanceOf(PluginLockException.class)
                .hasMessage(file + ": is a link that leads nowhere; mend the link or take it away");
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> PluginLock.read(file))
                .isInstanceOf(PluginLockException.class)
                .hasMessageStartingWith(file + ": cannot be read: ");
    }

    @Test
    void whatIsLockedLoads() throws IOException {
        PluginJars.doubling("one").writeTo(plugins.resolve("one.jar"));
        PluginJars.doubling("two").writeTo(plugins.resolve("two/plugin.jar"));
        PluginJars.titled("library").writeTo(plugins.resolve("two/library.jar"));
        PluginLock lock = lockOfWhatIsThere();
        assertThat(lock.entries()).extracting(PluginLock.Entry::name).containsExactly("library", "one", "two");
        PluginCatalog catalog = load(lock);
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("one", "two");
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.notices()).isEmpty();
    }

    @Test
    void aChangedJarIsRefusedBeforeAClassOfItLoads() throws IOException {
        System.clearProperty("nurture.test.tampered");
        PluginJars.doubling("good").writeTo(plugins.resolve("good.jar"));
        Path jar = PluginJars.doubling("one").writeTo(plugins.resolve("one.jar"));
        String before = shown(jar);
        PluginLock lock = lockOfWhatIsThere();
        PluginJars.titled("one")
                .attribute("Implementation-Version", "1.1")
                .plugin(
                        "one.Doubling",
                        "return List.of(" + PluginJars.factory("one") + ");",
                        "static { System.setProperty(\"nurture.test.tampered\", \"yes\"); }")
                .writeTo(jar);
        PluginCatalog catalog = load(lock);
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("good");
        assertThat(catalog.problems())
                .containsExactly(jar + ": has changed: plugins.lock lists one 1 with SHA-256 " + before
                        + ", this is 1.1 with " + shown(jar)
                        + "; put the listed jar back, or, if this one may load, run 'nurture plugins lock'");
        assertThat(catalog.notices()).isEmpty();
        assertThat(System.getProperty("nurture.test.tampered")).isNull();

        // Locked anew it does leave its trace.
        assertThat(load(lockOfWhatIsThere()).problems()).isEmpty();
        assertThat(System.clearProperty("nurture.test.tampered")).isEqualTo("yes");
    }

    @Test
    void aJarThatIsNotListedIsRefused() throws IOException {
        PluginJars.doubling("good").writeTo(plugins.resolve("good.jar"));
        PluginLock lock = lockOfWhatIsThere();
        Path jar = PluginJars.doubling("fresh")
                .attribute("Implementation-Version", "3")
                .writeTo(plugins.resolve("x.jar"));
        PluginCatalog catalog = load(lock);
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("good");
        assertThat(catalog.problems())
                .containsExactly(
                        jar + ": fresh 3 with SHA-256 " + shown(jar)
                                + " is not listed in plugins.lock; take it away, or, if it may load, run 'nurture plugins lock'");
    }

    @Test
    void aLibraryThatIsNotListedKeepsItsPluginFromLoading() throws IOException {
        PluginJars.doubling("good").writeTo(plugins.resolve("good/plugin.jar"));
        PluginLock lock = lockOfWhatIsThere();
        for (String name : List.of("a.jar", "z.jar")) {
            Path library =
                    PluginJars.titled("library").writeTo(plugins.resolve("good").resolve(name));
            PluginCatalog catalog = load(lock);
            assertThat(catalog.all()).isEmpty();
            assertThat(catalog.problems())
                    .singleElement()
                    .asString()
                    .startsWith(library + ": library 1 with SHA-256 ")
                    .contains("is not listed in plugins.lock");
            Files.delete(library);
        }
    }

    @Test
    void aJarThatIsListedButNotThereIsANotice() throws IOException {
        PluginJars.doubling("good").writeTo(plugins.resolve("good.jar"));
        Path gone = PluginJars.doubling("gone").writeTo(plugins.resolve("gone.jar"));
        String before = shown(gone);
        PluginLock lock = lockOfWhatIsThere();
        Files.delete(gone);
        PluginCatalog catalog = load(lock);
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("good");
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.notices())
                .containsExactly("gone 1: is listed in plugins.lock with SHA-256 " + before
                        + " but not there; put the jar back, or run 'nurture plugins lock'");
    }

    @Test
    void aJarMayMoveAndMayLieThereTwice() throws IOException {
        PluginJars.doubling("one").writeTo(plugins.resolve("one/plugin.jar"));
        Path library = PluginJars.titled("library").writeTo(plugins.resolve("one/library.jar"));
        PluginLock lock = lockOfWhatIsThere();
        Files.move(library, plugins.resolve("one/renamed.jar"));
        Files.copy(plugins.resolve("one/renamed.jar"), plugins.resolve("one/again.jar"));
        PluginCatalog catalog = load(lock);
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.notices()).isEmpty();
        assertThat(catalog.names(Kind.ACTIVATION)).containsExactly("one");
    }

    @Test
    void aJarThatNoLockWouldListIsRefusedForWhatItIs() throws IOException {
        PluginLock lock = lockOfWhatIsThere();
        PluginJars.titled("library").writeTo(plugins.resolve("library.jar"));
        assertThat(load(lock).problems()).singleElement().asString().contains("library.jar: offers no plugin: ");
        assertThat(PluginInventory.of(List.of(plugins)).problems())
                .isEqualTo(load(lock).problems());
    }

    @Test
    void theInventoryLeavesOutWhatCannotBeUsedAndLoadsNoClass() throws IOException {
        System.clearProperty("nurture.test.listed");
        PluginJars.titled("one")
                .plugin(
                        "one.One",
                        "return List.of();",
                        "static { System.setProperty(\"nurture.test.listed\", \"yes\"); }")
                .writeTo(plugins.resolve("one.jar"));
        Path broken = Files.writeString(plugins.resolve("broken.jar"), "not a zip");
        PluginInventory inventory = PluginInventory.of(List.of(plugins));
        assertThat(inventory.jars()).extracting(PluginJar::name).containsExactly("one");
        assertThat(inventory.problems())
                .containsExactly(broken + ": not a readable jar: it is no zip file; copy or build it again");
        assertThat(System.getProperty("nurture.test.listed")).isNull();
    }

    @Test
    void changesAreToldByName() throws IOException {
        PluginLock before = lock("gone  1  " + A, "kept  1  " + B, "newer  1  " + A, "twice  1  " + A);
        PluginLock after =
                lock("added  1  " + A, "kept  1  " + B, "newer  2  " + C, "twice  1  " + A, "twice  2  " + B);
        assertThat(after.changesSince(before))
                .extracting(change ->
                        change.before().map(PluginLock.Entry::toString).orElse("-") + " > "
                                + change.after().map(PluginLock.Entry::toString).orElse("-"))
                .containsExactly("- > added 1", "gone 1 > -", "newer 1 > newer 2", "- > twice 2");
        assertThat(after.changesSince(after)).isEmpty();
    }
}

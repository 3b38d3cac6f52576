package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user locks the plugins of a folder; what is changed or added after that does not load until it is locked anew. */
class PluginLockIT {
    private static final String BUILT_IN = "nurture-activations  1.0  ";

    @TempDir
    Path folder;

    private Nurture nurture;
    private Path lock;
    private Path jar;
    private int jars;

    @BeforeEach
    void prepare() throws IOException {
        nurture = new Nurture(folder);
        lock = folder.resolve("plugins.lock");
        jar = SquaresJar.write(folder.resolve("plugins/squares.jar"), "2.1", "1")
                .toRealPath();
        // Those of the distribution, libraries of plugins among them, and the one above.
        try (Stream<Path> files = Files.walk(Nurture.DISTRIBUTION.resolve("plugins"))) {
            jars = (int) files.filter(file -> file.toString().endsWith(".jar")).count() + 1;
        }
    }

    private Nurture.Outcome run() throws IOException {
        return nurture.run(
                "run",
                Nurture.shipped("digits"),
                "model[0].activation=squared_relu",
                "training.epochs=1",
                "expect.test_accuracy=>= 0",
                "--progress",
                "none");
    }

    private static String shown(Path jar) throws IOException {
        return Sha256.of(Files.readAllBytes(jar)).substring(0, 12);
    }

    @Test
    void lockedTamperedWithRefusedAndLockedAnew() throws IOException {
        Nurture.Outcome locked = nurture.run("plugins", "lock").exits(0);
        String before = shown(jar);
        assertThat(locked.out())
                .startsWith("plugins.lock written: " + jars + " jars\n  added  ")
                .contains("\n  added  nurture-activations 1.0  SHA-256 ", "\n  added  jetty-server")
                .endsWith("  added  squares 2.1  SHA-256 " + before + "\n");
        assertThat(locked.err()).isEmpty();
        List<String> lines = Files.readAllLines(lock);
        assertThat(lines).hasSize(jars + 1);
        assertThat(lines)
                .contains(BUILT_IN
                        + Sha256.of(Files.readAllBytes(
                                Nurture.DISTRIBUTION.resolve("plugins/nurture-activations-1.0.jar"))));
        assertThat(lines.get(jars)).isEqualTo("squares  2.1  " + Sha256.of(Files.readAllBytes(jar)));
        assertThat(Nurture.names(folder)).containsExactly("plugins", "plugins.lock");
        assertThat(run().exits(0).err()).isEmpty();

        SquaresJar.write(jar, "2.2", "1");
        String tampered = "warning: plugin " + jar + ": has changed: plugins.lock lists squares 2.1 with SHA-256 "
                + before + ", this is 2.2 with " + shown(jar)
                + "; put the listed jar back, or, if this one may load, run 'nurture plugins lock'\n";
        Nurture.Outcome refused = run().exits(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .startsWith(tampered + "command line: 1 problem\n"
                        + "  model[0].activation: there is no activation 'squared_relu'");
        Nurture.Outcome listed = nurture.run("plugins", "list").exits(0);
        assertThat(listed.err()).isEqualTo(tampered);
        assertThat(listed.out()).contains("nurture-activations 1.0").doesNotContain("squared_relu");
        assertThat(nurture.run("plugins", "describe", "squared_relu").exits(2).err())
                .startsWith(tampered + "error: there is no part 'squared_relu'");

        String old = Files.readString(lock);
        assertThat(nurture.run("plugins", "lock").exits(0).out())
                .isEqualTo("plugins.lock written: " + jars + " jars\n  changed  squares 2.1 -> 2.2  SHA-256 " + before
                        + " -> " + shown(jar) + "\n");
        assertThat(Files.readAllLines(lock).subList(0, 10))
                .isEqualTo(old.lines().toList().subList(0, 10));
        assertThat(run().exits(0).err()).isEmpty();
        assertThat(nurture.run("plugins", "lock").exits(0).out())
                .isEqualTo("plugins.lock is up to date: " + jars + " jars\n");
    }

    @Test
    void anAddedJarIsRefusedAndOneTakenAwayIsNoted() throws IOException {
        nurture.run("plugins", "lock").exits(0);
        String before = shown(jar);
        Files.delete(jar);
        Path added =
                Files.createDirectories(folder.resolve("more")).toRealPath().resolve("extra.jar");
        SquaresJar.write(added, "3.0", "1");
        assertThat(nurture.run("plugins", "list").exits(0).err())
                .isEqualTo("note: plugin squares 2.1: is listed in plugins.lock with SHA-256 " + before
                        + " but not there; put the jar back, or run 'nurture plugins lock'\n");
        assertThat(nurture.run("plugins", "list", "--plugins", "more").exits(0).err())
                .startsWith("warning: plugin " + added + ": has changed: plugins.lock lists squares 2.1");

        JsonObject json = JsonParser.parseString(
                        nurture.run("plugins", "lock", "--json").exits(0).out())
                .getAsJsonObject();
        assertThat(json.getAsJsonArray("jars")).hasSize(jars - 1);
        assertThat(json.getAsJsonArray("changes"))
                .singleElement()
                .extracting(JsonElement::getAsJsonObject)
                .satisfies(change -> {
                    assertThat(change.get("change").getAsString()).isEqualTo("removed");
                    assertThat(change.getAsJsonObject("before").get("name").getAsString())
                            .isEqualTo("squares");
                });
        assertThat(nurture.run("plugins", "list", "--plugins", "more").exits(0).err())
                .isEqualTo("warning: plugin " + added + ": squares 3.0 with SHA-256 " + shown(added)
                        + " is not listed in plugins.lock; take it away, or, if it may load, run 'nurture plugins"
                        + " lock'\n");
        nurture.run("plugins", "lock", "--plugins", "more").exits(0);
        Nurture.Outcome listed =
                nurture.run("plugins", "list", "--plugins", "more").exits(0);
        assertThat(listed.err()).isEmpty();
        assertThat(listed.out()).contains("squares 3.0");
    }

    @Test
    void aMalformedLockStopsEveryCommandThatLoadsPlugins() throws IOException {
        nurture.run("plugins", "lock").exits(0);
        Files.writeString(lock, Files.readString(lock).replaceFirst("\n", "\n<<<<<<< HEAD\n"));
        String error = "error: plugins.lock: line 2: it is not a name, a version and a SHA-256 with two spaces between"
                + " them; write the file anew by 'nurture plugins lock'";
        nurture.run("plugins", "list").refuses(error);
        nurture.run("data", "list").refuses(error);
        nurture.run("run", Nurture.shipped("digits")).refuses(error);
        nurture.run("evaluate", "runs/none").refuses(error);
        assertThat(Nurture.names(folder)).containsExactly("plugins", "plugins.lock");

        Nurture.Outcome locked = nurture.run("plugins", "lock").exits(0);
        assertThat(locked.err()).isEqualTo("warning: " + error.substring("error: ".length()) + "\n");
        assertThat(locked.out()).startsWith("plugins.lock written: " + jars + " jars\n");
        assertThat(nurture.run("plugins", "list").exits(0).err()).isEmpty();
    }

    @Test
    void aJarThatCannotBeUsedIsNotLocked() throws IOException {
        Path broken = Files.writeString(jar.resolveSibling("broken.jar"), "not a zip");
        Nurture.Outcome locked = nurture.run("plugins", "lock").exits(0);
        assertThat(locked.out()).startsWith("plugins.lock written: " + jars + " jars\n");
        assertThat(locked.err())
                .isEqualTo("warning: plugin " + broken
                        + ": not a readable jar: it is no zip file; copy or build it again\n");
    }
}

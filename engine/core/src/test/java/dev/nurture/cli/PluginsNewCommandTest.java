package dev.nurture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be made is refused in one sentence, and nothing is left behind. */
class PluginsNewCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @TempDir
    Path home;

    private String homeBefore;

    @BeforeEach
    void beADistribution() throws IOException {
        Files.createDirectory(home.resolve("maven"));
        homeBefore = System.setProperty("nurture.home", home.toString());
    }

    @AfterEach
    void beNoneAgain() {
        if (homeBefore == null) {
            System.clearProperty("nurture.home");
        } else {
            System.setProperty("nurture.home", homeBefore);
        }
    }

    private int make(String... arguments) {
        List<String> all = new ArrayList<>(List.of("plugins", "new", "--dir", folder.toString()));
        all.addAll(List.of(arguments));
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                all.toArray(String[]::new));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            My-Own --kind loss => 'My-Own' cannot be the name of a plugin: small letters and digits, words joined by '-' or '_', at most 64 in all, such as my-swish
            my--own --kind loss => 'my--own' cannot be the name of a plugin: small letters and digits, words joined by '-' or '_', at most 64 in all, such as my-swish
            ../mine --kind loss => '../mine' cannot be the name of a plugin: small letters and digits, words joined by '-' or '_', at most 64 in all, such as my-swish
            mine --kind activatoin => there is no kind 'activatoin'; did you mean 'activation'?
            mine --kind tensor => there is no kind 'tensor'. There are: data, preprocess, layer, activation, initializer, normalization, loss, optimizer, schedule, check, monitor, listener
            layer --kind layer => the class Layer would hide one that a plugin needs; choose another name
            test --kind schedule => the class Test would hide one that a plugin needs; choose another name
            string --kind loss => the class String would hide one that a plugin needs; choose another name
            new --kind loss => 'new' cannot be the name of a Java package; choose one by --package
            mine --kind loss --package org.My => 'org.My' cannot be the name of a Java package
            mine --kind loss --package java.util => the package 'java.util' belongs to the JDK; choose another
            mine --kind loss --package dev.nurture.spi => the package 'dev.nurture.spi' belongs to Nurture; choose another
            """)
    void whatCannotBeIsRefusedAndNothingIsMade(String arguments, String reason) throws IOException {
        assertThat(make(arguments.split(" "))).isEqualTo(ExitCode.AT_FAULT);
        assertThat(said()).isEqualTo("error: " + reason + "\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        folder = folder.resolve("nowhere");
        assertThat(make("mine", "--kind", "loss")).isEqualTo(ExitCode.AT_FAULT);
        assertThat(said()).isEqualTo("error: --dir " + folder + ": there is no such folder\n");
    }

    @Test
    void whatIsThereIsLeftAlone() throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(mine.resolve("notes.txt"), "notes");
        Files.writeString(folder.resolve("file"), "text");
        assertThat(make("mine", "--kind", "loss")).isEqualTo(ExitCode.AT_FAULT);
        assertThat(make("file", "--kind", "loss")).isEqualTo(ExitCode.AT_FAULT);
        assertThat(said())
                .isEqualTo("error: " + mine + " is there already\nerror: " + folder.resolve("file")
                        + " is there already\n");
        assertThat(names(folder)).containsExactly("file", "mine");
        assertThat(names(mine)).containsExactly("notes.txt");
    }

    @Test
    void whatCannotBePutInPlaceLeavesNothingBehind() throws IOException {
        // A link that leads nowhere is in the way of the last step alone: no folder can be renamed to it.
        Files.createSymbolicLink(folder.resolve("mine"), folder.resolve("nowhere"));
        assertThat(make("mine", "--kind", "loss")).isEqualTo(ExitCode.AT_FAULT);
        assertThat(said()).startsWith("error: " + folder.resolve("mine") + " cannot be made: ");
        assertThat(names(folder)).containsExactly("mine");
    }

    @Test
    void aDistributionWithoutARepositoryIsNone() throws IOException {
        Files.delete(home.resolve("maven"));
        assertThat(make("mine", "--kind", "loss")).isEqualTo(ExitCode.AT_FAULT);
        assertThat(said())
                .isEqualTo("error: a new plugin is built against the folder " + home.resolve("maven")
                        + ", which is not there\n");
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void whatAnXmlFileWouldMistakeIsEscaped() throws IOException {
        Path odd = Files.createDirectory(home.resolve("R&D <1>"));
        Files.createDirectory(odd.resolve("maven"));
        System.setProperty("nurture.home", odd.toString());
        assertThat(make("mine", "--kind", "loss")).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(folder.resolve("mine/pom.xml")))
                .contains("<nurture.home>" + home.toRealPath() + "/R&amp;D &lt;1></nurture.home>");
    }
}

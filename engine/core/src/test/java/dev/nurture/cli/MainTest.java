package dev.nurture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theNearestCommandIsNamed() {
        assertThat(run("evalute", "x")).isEqualTo(ExitCode.AT_FAULT);
        assertThat(said())
                .isEqualTo("error: there is no command 'evalute'; did you mean 'evaluate'?\nSee: nurture --help\n");
    }

    @Test
    void allCommandsAreNamedWhenNoneIsNear() {
        assertThat(run("plugins", "frobnicate")).isEqualTo(ExitCode.AT_FAULT);
        assertThat(said())
                .isEqualTo("error: there is no command 'frobnicate'. There are: list, describe, new, verify, lock\n"
                        + "See: nurture plugins --help\n");
    }

    @Test
    void noCommandAtAllIsAMistakeOfUsage() {
        assertThat(run()).isEqualTo(ExitCode.AT_FAULT);
        assertThat(said()).startsWith("error: a command is missing").contains("nurture --help");
    }

    @Test
    void aFolderOfPluginsThatIsNotThereIsSaid() {
        assertThat(run("plugins", "list", "--plugins", "no-such-folder")).isEqualTo(ExitCode.AT_FAULT);
        assertThat(said()).isEqualTo("error: --plugins no-such-folder: there is no such folder\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aJarThatCannotBeUsedIsSaidOnce(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("broken.jar"), "not a zip");
        Path definition = Files.writeString(folder.resolve("x.yaml"), "data: nowhere");
        assertThat(run("run", definition.toString(), "--plugins", folder.toString()))
                .isEqualTo(ExitCode.AT_FAULT);
        assertThat(said()).containsOnlyOnce("broken.jar: not a readable jar").contains("there is no data set");
        assertThat(run("plugins", "describe", "relu", "--plugins", folder.toString()))
                .isEqualTo(ExitCode.AT_FAULT);
        assertThat(said()).contains("there is no part 'relu'");
    }

    @Test
    void anAbbreviationEndsNoSentence() {
        assertThat(PluginsCommand.firstSentence("The unit (Clevert et al. 2015). More."))
                .isEqualTo("The unit (Clevert et al. 2015).");
        assertThat(PluginsCommand.firstSentence("Digits; Proc. IEEE 86. More.")).isEqualTo("Digits; Proc. IEEE 86.");
        assertThat(PluginsCommand.firstSentence("By Y. LeCun. More.")).isEqualTo("By Y. LeCun.");
    }

    @Test
    void aFailureOfTheMachineIsNotAPluginsFault() {
        assertThat(Failure.of(new OutOfMemoryError("Java heap space")))
                .isEqualTo(new Failure(
                        ExitCode.UNEXPECTED,
                        "out of memory: Java heap space; give the JVM more by NURTURE_JAVA_OPTIONS=-Xmx8g",
                        false));
        assertThat(Failure.of(new NoSuchMethodError("gone")).message()).isEqualTo("NoSuchMethodError: gone");
        assertThat(Failure.of(new IOException("a.csv could not be written: no space"))
                        .message())
                .isEqualTo("a.csv could not be written: no space");
    }
}

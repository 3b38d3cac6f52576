package dev.nurture.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest extends FixtureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no|'no' is false to some readers of YAML and text to others; write false, or quote it if it is text",
                "Yes|'Yes' is true to some readers of YAML and text to others; write true, or quote it if it is text",
                "ON|'ON' is true to some readers of YAML and text to others; write true, or quote it if it is text",
                "off|'off' is false to some readers of YAML and text to others; write false, or quote it if it is text",
                "True|'True' is not true to every reader of YAML; write true, or quote it if it is text",
                "NULL|'NULL' is not null to every reader of YAML; write null, or quote it if it is text",
                "~|'~' is null to YAML; write null, or quote it if it is text",
                "010|'010' begins with 0, which some readers of YAML take for octal; write it without, or quote it if it is text",
                "-08|'-08' begins with 0, which some readers of YAML take for octal; write it without, or quote it if it is text",
                "1:30|'1:30' counts in sixties to some readers of YAML; write the number out, or quote it if it is text",
                "0x1F|'0x1F' is a number to some readers of YAML and text to others; write it in decimal, or quote it if it is text",
                "0o17|'0o17' is a number to some readers of YAML and text to others; write it in decimal, or quote it if it is text",
                "1_000|'1_000' is a number to some readers of YAML and text to others; write it without '_', or quote it if it is text",
                ".nan|'.nan' is not a finite number; write one, or quote it if it is text",
                "NaN|'NaN' is not a finite number; write one, or quote it if it is text",
                "-.INF|'-.INF' is not a finite number; write one, or quote it if it is text",
                "``|has no value; write null to leave it at its default",
                "!!java.net.URL x|the tag !!java.net.URL is not permitted; write the value alone",
                "!local x|the tag !local is not permitted; write the value alone",
                "!!str 5|the tag !!str is not permitted; write the value alone",
                "&a 5|the anchor &a is not permitted; leave it out",
                "*a|the alias *a is not permitted; write the value out",
            })
    void refusesWhatMeansDifferentThings(String written, String message) {
        assertThat(fixture.problems(Fixture.SMALL + "seed: " + written + "\n")).isEqualTo("  line 3: seed: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-7", "+7", "9223372036854775807"})
    void readsWholeNumbers(String written) {
        assertThat(fixture.yaml(Fixture.SMALL + "seed: " + written + "\n").seed())
                .isEqualTo(Long.parseLong(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-3", "1.0e-3", "1E-03", "0.001", ".001", "+1.e-3"})
    void readsNumbersInEveryNotation(String written) {
        Definition definition =
                fixture.yaml(Fixture.SMALL + "optimizer: {type: adam, learning_rate: " + written + "}\n");
        assertThat(definition.optimizer().values()).containsEntry("learning_rate", 1e-3);
    }

    @Test
    void takesQuotedTextForText() {
        Definition definition = fixture.yaml("model: dropout\ndata: {type: csv, path: \"010\", target: 'no'}\n");
        assertThat(definition.data().source().values())
                .containsEntry("target", "no")
                .containsEntry("path", folder.resolve("010"));
        assertThat(fixture.problems(Fixture.SMALL + "seed: \"5\"\n"))
                .isEqualTo("  line 3: seed: expected a whole number, not the text \"5\"");
    }

    @Test
    void reportsEverySecondKey() {
        String problems = fixture.problems("""
                data: digits
                model:
                  - {type: dense, units: 10, units: 20}
                optimizer: sgd
                training:
                  epochs: 3
                  epochs: 4
                optimizer: adam
                """);
        assertThat(problems).isEqualTo("""
              line 3: model[0].units: stands here for the second time; the first is on line 3
              line 7: training.epochs: stands here for the second time; the first is on line 6
              line 8: optimizer: stands here for the second time; the first is on line 4""".indent(2).stripTrailing());
    }

    @Test
    void refusesMergeKeysOddKeysDirectivesAndSecondDocuments() {
        assertThat(fixture.problems(Fixture.SMALL + "training: {<<: {epochs: 3}}\n? [a]\n: 1\n"))
                .isEqualTo("""
                          line 3: training: merging with << is not permitted; write the keys out, or use extends
                          line 4: a key must be a word, not a list or a mapping""".indent(2).stripTrailing());
        assertThat(fixture.problems("%YAML 1.1\n---\n" + Fixture.SMALL))
                .isEqualTo("  line 1: directives (%) are not permitted");
        assertThat(fixture.problems(Fixture.SMALL + "---\n" + Fixture.SMALL))
                .isEqualTo("  line 3: a second document begins here; a definition is one document");
    }

    @Test
    void refusesAnAliasBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i <= 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(fixture.problems(bomb.toString()))
                .contains("  line 1: a0: the anchor &a0 is not permitted; leave it out\n")
                .contains("  line 41: a40[1]: the alias *a39 is not permitted; write the value out");
    }

    @Test
    void refusesDeepNestingBeforeItCosts() {
        assertThat(fixture.problems("checks: " + "[".repeat(500_000)))
                .isEqualTo("  line 1: nested more than 64 levels deep");
        assertThat(fixture.problems("checks: " + "{a: ".repeat(500) + "1" + "}".repeat(500)))
                .isEqualTo("  line 1: nested more than 64 levels deep");
        assertThat(fixture.yaml(Fixture.SMALL + "search: {a: " + "[".repeat(60) + "]".repeat(60) + "}\n"))
                .isNotNull();
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        Path large = fixture.write("large.yaml", "# a comment\n".repeat(350_000));
        assertThat(Files.size(large)).isGreaterThan(4_000_000);
        assertThat(fixture.problems(large))
                .isEqualTo("large.yaml: 1 problem\n  is larger than 1 MiB, which no definition is");
        assertThat(fixture.problems("checks: [" + "1, ".repeat(30_000) + "]"))
                .isEqualTo("  line 1: there are more than 20000 values");
    }

    @Test
    void refusesOtherEncodingsAndControlCharacters() throws IOException {
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, "data: digits\nname: größe\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(fixture.problems(latin))
                .isEqualTo(
                        "latin.yaml: 1 problem\n" + "  line 2: is not UTF-8, the encoding that a definition must have");
        assertThat(fixture.problems("data: digits\nname: \u001b[31m\n"))
                .isEqualTo("  line 2: the character U+001B is not permitted here");
        assertThat(fixture.problems("\ufeff" + Fixture.SMALL + "name: \"\\e[31m\"\n"))
                .isEqualTo("  line 3: name: expected 1 to 64 letters, digits, '.', '_' or '-', not '\\u001b[31m'");
    }

    @Test
    void reportsSyntaxErrorsWithWhatCameBefore() {
        assertThat(fixture.problems("seed: 010\nexpect:\n  test_accuracy: >= 0.95\n"))
                .isEqualTo("""
                          line 1: seed: '010' begins with 0, which some readers of YAML take for octal; write it without, or quote it if it is text
                          line 3: cannot be read as YAML: while scanning a block scalar, expected chomping or indentation indicators, but found =(61); text that begins with > or | must be quoted""".indent(2).stripTrailing());
        assertThat(fixture.problems("model: [a, b\n")).startsWith("  line 2: cannot be read as YAML: ");
        assertThat(fixture.problems("training:\n\tepochs: 3\n")).endsWith("; indent with spaces");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n"})
    void refusesEmptyFiles(String text) {
        assertThat(fixture.problems(text)).endsWith("there is nothing in it");
    }

    @Test
    void wantsAMapping() {
        assertThat(fixture.problems("[a, b]\n"))
                .isEqualTo("  line 1: expected a mapping of keys to values, not a list");
        assertThat(fixture.problems("digits\n"))
                .isEqualTo("  line 1: expected a mapping of keys to values, not 'digits'");
    }
}

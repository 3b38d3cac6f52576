package dev.nurture.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest extends FixtureTest {
    private static final String CSV = "model: [dropout]\ndata: {type: csv, path: x, target: \"%s\"}\n";

    private Object target(String written) {
        return fixture.yaml(CSV.formatted(written)).data().source().values().get("target");
    }

    @Test
    void takesVariablesAndOtherValues() {
        fixture.environment.put("EPOCHS", "3");
        Definition definition = fixture.yaml("""
                name: digits_${training.epochs}_${model[0].units}
                data: digits
                model: [{type: dense, units: 10}, {type: dense, units: "${model[0].units}"}]
                training: {epochs: "${env:EPOCHS}", batch_size: "${env:BATCH:-16}"}
                """);
        assertThat(definition.name()).isEqualTo("digits_3_10");
        assertThat(definition.training().epochs()).isEqualTo(3);
        assertThat(definition.training().batchSize()).isEqualTo(16);
        assertThat(definition.model().get(1).values()).containsEntry("units", 10);
    }

    @Test
    void replacesOnOverridesToo() {
        assertThat(fixture.yaml(Fixture.SMALL, "seed=${training.epochs}", "training.epochs=4")
                        .seed())
                .isEqualTo(4);
    }

    @Test
    void leavesEscapedBracesAndTheTextOfVariablesAlone() {
        fixture.environment.put("COLUMN", "${script:javascript:1} and $${x}");
        assertThat(target("$${script:x}")).isEqualTo("${script:x}");
        assertThat(target("a$$${b}")).isEqualTo("a$${b}");
        assertThat(target("<${env:COLUMN}>")).isEqualTo("<${script:javascript:1} and $${x}>");
        assertThat(target("cost $5 {x}")).isEqualTo("cost $5 {x}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "script",
                "url",
                "dns",
                "file",
                "sys",
                "base64Decoder",
                "base64Encoder",
                "const",
                "java",
                "localhost",
                "date",
                "properties",
                "resourceBundle",
                "urlDecoder",
                "urlEncoder",
                "xml",
                "xmlDecoder",
                "ENV",
                ""
            })
    void refusesEveryOtherLookup(String lookup) {
        assertThat(fixture.problems(Fixture.SMALL + "name: \"${" + lookup + ":x}\"\n"))
                .isEqualTo("  line 3: name: ${" + lookup + ":x}: the look-up '" + lookup
                        + "' is not permitted; ${env:NAME} and ${key.of.this.definition} are");
    }

    @Test
    void runsNothing() throws Exception {
        Path witness = folder.resolve("witness");
        String script = "${script:javascript:new java.io.File('" + witness + "').createNewFile()}";
        assertThat(fixture.problems(Fixture.SMALL + "name: \"" + script + "\"\n"))
                .contains("is not permitted");
        fixture.environment.put("SCRIPT", script);
        assertThat(fixture.problems(Fixture.SMALL + "name: \"${env:SCRIPT}\"\n"))
                .contains("name: expected 1 to 64");
        assertThat(Files.exists(witness)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${env:NOWHERE}|${env:NOWHERE}: the environment has no variable 'NOWHERE'",
                "${optimizer.rate}|${optimizer.rate}: this definition has no value there",
                "${model[1].units}|${model[1].units}: this definition has no value there",
                "${model}|${model} is a list; only a single value can stand here",
                "${model[0]}|${model[0]} is a mapping; only a single value can stand here",
                "${name}|refers to itself: name → name",
                "x${name:-y}|refers to itself: name → name",
                "${a${b}}|${a${b}: this definition has no value there",
                "${}|${}: a key is empty",
                "${unclosed|'${' is not closed by '}'; write $${ for the characters themselves",
            })
    void refusesReferences(String written, String problem) {
        assertThat(fixture.problems(Fixture.SMALL + "name: \"" + written + "\"\n"))
                .isEqualTo("  line 3: name: " + problem);
    }

    @Test
    void refusesCirclesOnce() {
        assertThat(fixture.problems("""
                data: digits
                name: ${model[0].units}
                model: [{type: dense, units: "${training.epochs}"}]
                training: {epochs: "${name}"}
                """))
                .isEqualTo("  line 4: training.epochs: refers to itself: "
                        + "name → model[0].units → training.epochs → name");
    }

    @Test
    void stopsValuesThatDoubleOneAnother() {
        StringBuilder bomb = new StringBuilder(Fixture.SMALL + "search:\n  a0: xxxxxxxxxx\n");
        for (int i = 1; i <= 50; i++) {
            bomb.append("  a%d: ${search.a%d}${search.a%d}\n".formatted(i, i - 1, i - 1));
        }
        assertThat(fixture.problems(bomb.toString()))
                .isEqualTo("  line 14: search.a10: becomes longer than 10000 characters");
    }
}

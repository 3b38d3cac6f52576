package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code nurture plugins verify}: from outside, without a build. */
class VerifyJarIT {
    @TempDir
    Path folder;

    static List<String> builtIn() throws IOException {
        return Nurture.names(Nurture.DISTRIBUTION.resolve("plugins"));
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void theBuiltInPartsKeepTheirContracts(String name) throws IOException {
        Path jar = Nurture.DISTRIBUTION.resolve("plugins").resolve(name);
        Nurture.Outcome outcome =
                new Nurture(folder).run("plugins", "verify", jar.toString()).exits(0);
        assertThat(outcome.out()).doesNotContain("FAIL").contains(" pass ").contains(", verified");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void aBrokenPromiseIsARowWithBothFiguresAndAnExitStatus() throws IOException {
        Path jar = BentPlugin.write(folder, BentPlugin.BENT);
        Nurture.Outcome outcome =
                new Nurture(folder).run("plugins", "verify", jar.toString()).exits(2);
        assertThat(outcome.out().lines())
                .anyMatch(line -> line.matches("  gradient +FAIL +backward at x = -\\S+ is not the slope of forward:"
                        + " measured 0\\.(6|59)\\d*, expected 0\\.(5|49)\\d*"))
                .anyMatch(line -> line.matches("  range +pass .*"))
                .contains(jar + ": 1 of 1 part breaks the contract of its kind");
    }

    @Test
    void theSameAsJson() throws IOException {
        Path jar = BentPlugin.write(folder, BentPlugin.BENT, BentPlugin.SUMMED);
        Nurture.Outcome outcome = new Nurture(folder)
                .run("plugins", "verify", jar.toString(), "--json")
                .exits(2);
        List<JsonObject> parts = JsonParser.parseString(outcome.out()).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
        assertThat(parts).hasSize(2).allSatisfy(part -> {
            assertThat(part.get("pass").getAsBoolean()).isFalse();
            assertThat(part.get("sha256").getAsString()).matches("[0-9a-f]{64}");
        });
        assertThat(parts.get(1).getAsJsonArray("clauses"))
                .extracting(JsonElement::getAsJsonObject)
                .filteredOn(clause -> clause.get("verdict").getAsString().equals("broken"))
                .isNotEmpty()
                .allSatisfy(clause -> assertThat(clause.get("measured").getAsString())
                        .isNotEqualTo(clause.get("expected").getAsString()));
    }

    @Test
    void aPartThatEndsTheProcessIsNoPass() throws IOException {
        Path jar = BentPlugin.write(folder, BentPlugin.QUITS);
        assertThat(new Nurture(folder)
                        .run("plugins", "verify", jar.toString())
                        .exits(2)
                        .err())
                .isEqualTo("error: " + jar
                        + ": the process was ended while its parts were tried; does it call System.exit?\n");
    }

    @Test
    void whatIsNoJarIsSaid() throws IOException {
        Nurture nurture = new Nurture(folder);
        nurture.run("plugins", "verify", "gone.jar").refuses("error: gone.jar: there is no such file");
        assertThat(nurture.run("plugins", "verify", ".").exits(2).err()).contains("holds no jar");
    }
}

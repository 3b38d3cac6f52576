package dev.nurture.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever is in a file, reading gives a definition or a list of problems, and soon. */
class SpoiltDefinitionsTest extends FixtureTest {
    @Test
    void areReadOrRefusedInEveryFormat() {
        Generated generated = new Generated(42);
        Random random = new Random(43);
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            String ending =
                    i < 450 ? "yaml" : List.of("json", "properties", "xml").get(random.nextInt(3));
            refused += refused(fixture, "test." + ending, generated.spoilt()) ? 1 : 0;
        }
        assertThat(refused).isBetween(300, 600);
    }

    private static boolean refused(Fixture fixture, String name, String text) {
        // Without surrogates out of pairs, which no file can hold.
        Path file = fixture.write(name, text.replaceAll("[\ud800-\udfff]", "�"));
        // Far above what it takes, so that only endless work fails.
        return Assertions.assertTimeout(Duration.ofSeconds(60), () -> {
            try {
                fixture.read(file, "training.epochs=3");
                return false;
            } catch (DefinitionException e) {
                assertThat(e.problems()).isNotEmpty();
                assertThat(e.report()).doesNotContain("\u0000").doesNotContain("Exception");
                return true;
            }
        });
    }

    @Test
    void ofHugeSizeAreRefusedOrReadSoon() {
        String digits = "1".repeat(1_000_000);
        for (String text : List.of(
                digits,
                digits + ": 1",
                "seed: " + digits,
                "seed: " + "1:".repeat(400_000) + "1",
                "optimizer: " + "adam".repeat(200_000),
                "training: {epochs: " + digits + "}",
                "expect: {test_loss: \"" + digits + "\"}",
                "name: \"" + "${a}".repeat(200_000) + "\"",
                "name: \"" + "${".repeat(400_000) + "\"",
                "a: 1\n".repeat(19_000),
                "epochz: 1\n".repeat(9_000),
                unknownKeys(9_000),
                "- ".repeat(400_000),
                "? ".repeat(400_000),
                "{".repeat(900_000),
                "\"" + "a".repeat(900_000),
                "# " + "x".repeat(1_000_000),
                "a: |\n" + " x\n".repeat(300_000),
                ": ".repeat(400_000),
                "!".repeat(900_000),
                "&".repeat(900_000),
                "\n".repeat(1_000_000))) {
            assertThat(refused(fixture, "test.yaml", text)).isTrue();
        }
    }

    @Test
    void ofHugeSizeAreRefusedInOtherFormatsToo() {
        assertThat(refused(fixture, "test.json", "{".repeat(900_000))).isTrue();
        assertThat(refused(fixture, "test.properties", "a".repeat(900_000))).isTrue();
        assertThat(refused(fixture, "test.properties", "a[9].b.".repeat(100_000)))
                .isTrue();
        assertThat(refused(fixture, "test.properties", unknownKeys(9_000))).isTrue();
        assertThat(refused(fixture, "test.xml", "<a>".repeat(300_000))).isTrue();
        assertThat(refused(fixture, "test.xml", "<a>" + "<b/>".repeat(200_000) + "</a>"))
                .isTrue();
    }

    private static String unknownKeys(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("epochs").append(i).append(": 1\n");
        }
        return text.toString();
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a plugin outside the build, taken out of the checkout and treated as its README says, word for word. */
class ExamplePluginIT {
    private static final Path EXAMPLE = Nurture.EXPERIMENTS.resolveSibling("plugins/example");

    @TempDir
    Path folder;

    @Test
    void theCommandsOfItsReadmeBuildVerifyAndTrain() throws IOException {
        Path project = folder.resolve("example");
        copySources(project);
        Author author = new Author(folder.resolve("author"));
        Nurture.Outcome outcome = author.types(project, Author.commandsIn(project.resolve("README.md")))
                .exits(0);

        // What it was built against came out of the distribution.
        for (String artifact : new String[] {"nurture", "nurture-spi", "nurture-contracts", "nurture-testkit"}) {
            assertThat(author.kept(artifact + "/1.0/_remote.repositories"))
                    .content()
                    .contains(">nurture=");
        }
        assertThat(outcome.out())
                .contains("activation mish (example 1.0)")
                .contains("optimizer adamax (example 1.0)")
                .contains("schedule polynomial (example 1.0)")
                .contains("target/example-1.0.jar: 3 parts, verified\n");

        RunFolder run = RunFolder.only(project.resolve("runs"));
        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(run.metric("test_accuracy")).isGreaterThanOrEqualTo(0.96);
        assertThat(Files.readString(Path.of(run.definition())))
                .contains("type: mish, sharpness: 1.5")
                .contains("type: adamax, learning_rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: ")
                .contains("type: polynomial, power: 0.9, final: 0");
        assertThat(run.record().getAsJsonObject("provenance").getAsJsonArray("plugins"))
                .extracting(JsonElement::getAsJsonObject)
                .filteredOn(plugin -> plugin.get("name").getAsString().equals("example"))
                .extracting((JsonObject plugin) -> plugin.get("sha256").getAsString())
                .containsExactly(Sha256.of(Files.readAllBytes(project.resolve("plugins/example-1.0.jar"))));
    }

    /** Leaves out what a build or a run in place may have left. */
    private static void copySources(Path project) throws IOException {
        Files.createDirectories(project);
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = EXAMPLE.relativize(file);
                if (!name.getName(0).toString().matches("target|plugins|runs")) {
                    Path copy = project.resolve(name);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that knows the SPI alone lies in {@code ./plugins}, with one beside it that is none. */
class DropInPluginIT {
    @TempDir
    static Path folder;

    private static Nurture nurture;
    private static Path jar;

    @BeforeAll
    static void dropIn() throws IOException {
        nurture = new Nurture(folder.resolve("work"));
        Path plugins = Files.createDirectories(nurture.folder().resolve("plugins"));
        jar = SquaresJar.write(plugins.resolve("squares.jar"), "2.1", "1");
        byte[] whole = Files.readAllBytes(jar);
        Files.write(plugins.resolve("cut.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));
    }

    @Test
    void itIsListedWithItsVersionAndTheBrokenJarIsNamed() throws IOException {
        Nurture.Outcome listed = nurture.run("plugins", "list").exits(0);
        assertThat(listed.out().lines())
                .filteredOn(line -> line.contains("squared_relu"))
                .singleElement()
                .asString()
                .matches("activation +squared_relu +squares 2\\.1 +The rectifier, squared\\.");
        assertThat(listed.out()).contains("nurture-activations 1.0", "nurture-data 1.0");
        namesTheBrokenJar(listed.err());
    }

    private static void namesTheBrokenJar(String errors) throws IOException {
        assertThat(errors.lines())
                .singleElement()
                .asString()
                .isEqualTo("warning: plugin " + nurture.folder().toRealPath().resolve("plugins/cut.jar")
                        + ": not a readable jar: it is cut short or damaged; copy or build it again");
    }

    @Test
    void itIsDescribedWithItsParameters() throws IOException {
        Nurture.Outcome described =
                nurture.run("plugins", "describe", "squared_relu", "--json").exits(0);
        JsonObject part =
                JsonParser.parseString(described.out()).getAsJsonArray().get(0).getAsJsonObject();
        assertThat(part.get("kind").getAsString()).isEqualTo("activation");
        assertThat(part.get("jar").getAsString()).isEqualTo(jar.toRealPath().toString());
        assertThat(part.get("sha256").getAsString()).isEqualTo(Sha256.of(Files.readAllBytes(jar)));
        assertThat(part.getAsJsonArray("parameters").toString())
                .isEqualTo("[{\"name\":\"factor\",\"type\":\"number\",\"range\":\"(0, 10]\",\"default\":\"0.5\","
                        + "\"doc\":\"multiplies the square\"}]");
    }

    @Test
    void itIsUsedByNameAndStandsInTheRecord() throws IOException {
        Nurture.Outcome outcome = nurture.run(
                        "run",
                        Nurture.shipped("digits"),
                        "model[0].activation=squared_relu",
                        "model[2].activation={type: squared_relu, factor: 0.25}",
                        "training.epochs=3",
                        "expect.test_accuracy=>= 0.8",
                        "--progress",
                        "none")
                .exits(0);
        namesTheBrokenJar(outcome.err());
        RunFolder run = RunFolder.only(nurture.folder().resolve("runs"));
        assertThat(Files.readString(Path.of(run.definition())))
                .contains("activation: {type: squared_relu, factor: 0.5}")
                .contains("activation: {type: squared_relu, factor: 0.25}");
        assertThat(run.record().getAsJsonObject("provenance").getAsJsonArray("plugins"))
                .extracting(JsonElement::getAsJsonObject)
                .filteredOn(plugin -> plugin.get("name").getAsString().equals("squares"))
                .singleElement()
                .satisfies(plugin -> {
                    assertThat(plugin.get("version").getAsString()).isEqualTo("2.1");
                    assertThat(plugin.get("sha256").getAsString()).isEqualTo(Sha256.of(Files.readAllBytes(jar)));
                });
    }

    @Test
    void withoutItsFolderItsNameIsUnknown() throws IOException {
        Nurture elsewhere = new Nurture(Files.createDirectories(folder.resolve("elsewhere")));
        String[] command = {"run", Nurture.shipped("digits"), "model[0].activation=squared_relu"};
        assertThat(elsewhere.run(command).exits(2).err())
                .startsWith("command line: 1 problem\n  model[0].activation: there is no activation 'squared_relu'");
        assertThat(Nurture.names(elsewhere.folder())).isEmpty();
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.nurture.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The public data sets, fetched from a folder that has them, and a little training on each: enough to tell that images
 * and labels belong together, not to say how good a network can become.
 */
class PublicDataIT {
    @TempDir
    static Path folder;

    private static Nurture nurture;
    private static Nurture.Outcome mnistFetched;

    @BeforeAll
    static void fetch() throws IOException {
        nurture = new Nurture(Files.createDirectories(folder.resolve("work"))).with("NURTURE_DATA", data());
        mnistFetched = nurture.run("data", "fetch", "mnist", "--from", published("mnist"));
    }

    private static Path data() {
        return folder.resolve("data");
    }

    /** Returns the folder of a set: in {@code NURTURE_TEST_DATA}, or in {@code ../shared/data} beside the project. */
    static String published(String set) {
        String named = System.getenv("NURTURE_TEST_DATA");
        Path root = named != null ? Path.of(named) : Nurture.EXPERIMENTS.resolve("../../shared/data");
        Path published = root.resolve(set).normalize();
        Needs.that(
                Files.isDirectory(published),
                "the published files are not in " + published + "; set NURTURE_TEST_DATA");
        return published.toString();
    }

    @Test
    void fetchingPutsTheFilesInPlaceOnce() throws IOException {
        List<String> files = List.of(
                "t10k-images-idx3-ubyte.gz",
                "t10k-labels-idx1-ubyte.gz",
                "train-images-idx3-ubyte.gz",
                "train-labels-idx1-ubyte.gz");
        assertThat(mnistFetched.exits(0).out().lines()).hasSize(4).allMatch(line -> line.endsWith(": fetched"));
        for (String file : files) {
            assertThat(data().resolve("mnist").resolve(file)).hasSameBinaryContentAs(Path.of(published("mnist"), file));
        }
        Nurture.Outcome again = nurture.run("data", "fetch", "mnist", "--from", published("mnist"));
        assertThat(again.exits(0).out().lines()).hasSize(4).allMatch(line -> line.endsWith(": was there already"));
        assertThat(Nurture.names(data().resolve("mnist"))).containsAll(files).noneMatch(name -> name.contains("part"));
    }

    @Test
    void theListSaysWhatIsHere() throws IOException {
        Nurture.Outcome listed = nurture.run("data", "list", "--json").exits(0);
        Map<String, String> here = StreamSupport.stream(
                        JsonParser.parseString(listed.out()).getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .collect(Collectors.toMap(
                        set -> set.get("name").getAsString(),
                        set -> set.get("here").getAsString()));
        assertThat(here)
                .containsEntry("mnist", "yes")
                .containsEntry("fashion_mnist", "no")
                .containsEntry("digits", "yes")
                .containsEntry("csv", "your files")
                .containsOnlyKeys(
                        "cifar10",
                        "cifar_binary",
                        "csv",
                        "digits",
                        "fashion_mnist",
                        "gaussian",
                        "idx",
                        "mnist",
                        "spiral");
    }

    /** Chance is 0.1; two epochs on 2,000 of the 60,000 images give some 0.89. */
    @Test
    void aPerceptronLearnsMnist() throws IOException {
        RunFolder run = run("mnist_mlp", "data.limit=2000", "training.epochs=2");
        assertThat(run.metric("test_accuracy")).isGreaterThan(0.8);
    }

    /** Chance is 0.1; one epoch on 2,000 of the 60,000 images, with a quarter of the filters, gives some 0.91. */
    @Test
    void aConvolutionalNetworkLearnsMnist() throws IOException {
        RunFolder run =
                run("mnist_cnn", "data.limit=2000", "training.epochs=1", "model[0].filters=8", "model[2].filters=16");
        assertThat(run.metric("test_accuracy")).isGreaterThan(0.8);
    }

    /** Four steps, with a quarter of the filters: what can be told is that it starts where it should and goes on. */
    @Test
    void aConvolutionalNetworkTrainsOnCifar10() throws IOException {
        nurture.run("data", "fetch", "cifar10", "--from", published("cifar10")).exits(0);
        RunFolder run = run(
                "cifar10_cnn",
                "data.limit=256",
                "training.epochs=1",
                "model[0].filters=8",
                "model[1].filters=8",
                "model[3].filters=16",
                "model[4].filters=16",
                "model[6].filters=32");
        assertThat(run.metrics())
                .singleElement()
                .satisfies(line -> assertThat(line[1]).isEqualTo("4"));
        assertThat(run.metric("initial_loss")).isBetween(1.5, 4.0);
        assertThat(run.metric("test_loss")).isFinite();
        assertThat(run.metric("test_accuracy")).isBetween(0.05, 0.5);
    }

    private static RunFolder run(String name, String... overrides) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("run", Nurture.shipped(name), "--run-dir", name, "--progress", "none", "expect=null"));
        command.addAll(List.of(overrides));
        nurture.run(command.toArray(String[]::new)).exits(0);
        return new RunFolder(nurture.folder().resolve(name));
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lecture's two-layer network on CIFAR-10, pixels centred and not scaled: where it goes right the check-up is silent,
 * where it goes wrong it says so. On 5,000 of the rows, with as many steps as the lecture's ten epochs where that counts.
 */
class LectureChecksIT {
    private static final String NETWORK = """
            name: lecture
            data: {type: cifar10, limit: 5000, validation: 0.2}
            preprocess: [zero_mean]
            model:
              - {type: dense, units: 50, initializer: {type: normal, std: 1.0e-4}, activation: relu}
              - {type: dense, units: 10, initializer: {type: normal, std: 1.0e-4}}
            optimizer: {type: sgd, learning_rate: 1.0e-3}
            training: {epochs: 10, batch_size: 100}
            """;

    @TempDir
    static Path folder;

    private static Nurture nurture;

    @BeforeAll
    static void fetch() throws IOException {
        nurture = new Nurture(Files.createDirectories(folder.resolve("work")))
                .with("NURTURE_DATA", folder.resolve("data"));
        nurture.run("data", "fetch", "cifar10", "--from", PublicDataIT.published("cifar10"))
                .exits(0);
        Files.writeString(nurture.folder().resolve("lecture.yaml"), NETWORK);
    }

    /** Returns the faults that are found, the headline first. */
    private static List<String> found(String command, int exit, String... changes) throws IOException {
        return found(command, List.of(exit), changes);
    }

    private static List<String> found(String command, List<Integer> exits, String... changes) throws IOException {
        Path run = Files.createTempDirectory(nurture.folder(), "run").resolve("it");
        List<String> words = new ArrayList<>(List.of(command, "lecture.yaml"));
        words.addAll(List.of(changes));
        words.addAll(List.of("--run-dir", run.toString()));
        Nurture.Outcome outcome = nurture.run(words.toArray(String[]::new));
        assertThat(outcome.exit())
                .as("exit status; %s%s", outcome.out(), outcome.err())
                .isIn(exits);
        return StreamSupport.stream(new RunFolder(run).findings().spliterator(), false)
                .map(finding -> finding.getAsJsonObject().get("fault").getAsString())
                .toList();
    }

    private static double suggestedRate(String... changes) throws IOException {
        Path run = Files.createTempDirectory(nurture.folder(), "run").resolve("it");
        List<String> words = new ArrayList<>(List.of("check", "lecture.yaml"));
        words.addAll(List.of(changes));
        words.addAll(List.of("--run-dir", run.toString()));
        nurture.run(words.toArray(String[]::new)).exits(3);
        String change = new RunFolder(run)
                .findings()
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("changes")
                .get(0)
                .getAsString();
        assertThat(change).startsWith("optimizer.learning_rate=");
        return Double.parseDouble(change.substring(change.indexOf('=') + 1));
    }

    @Test
    void row6TheInitialLossWithoutRegularizationIsRight() throws IOException {
        assertThat(found("check", 0)).isEmpty();
    }

    @Test
    void row7AStrongPenaltyOverwhelmsTheRows() throws IOException {
        assertThat(found("check", 3, "regularization.l2=1.0e3")).startsWith("regularization_overwhelms");
    }

    @Test
    void row8TwentyImagesAreLearnedByHeart() throws IOException {
        assertThat(found(
                        "run",
                        0,
                        "data.limit=20",
                        "data.validation=0",
                        "training.batch_size=20",
                        "training.epochs=200",
                        "training.checkpoint_every=200",
                        "expect.train_loss=< 0.01",
                        "expect.train_accuracy=>= 1"))
                .isEmpty();
    }

    @Test
    void rows9And12ARateOfAMillionthIsTooLowAndOneOfTheBracketIsSuggested() throws IOException {
        String[] low = {"optimizer.learning_rate=1.0e-6", "regularization.l2=1.0e-6", "training.epochs=100"};
        assertThat(found("check", 3, low)).containsExactly("learning_rate_low");
        assertThat(suggestedRate(low)).isBetween(1e-5, 1e-3);
    }

    @Test
    void rows10And12ARateOfAMillionIsTooHighAndOneOfTheBracketIsSuggested() throws IOException {
        String high = "optimizer.learning_rate=1.0e6";
        assertThat(found("check", 3, high)).startsWith("learning_rate_high");
        assertThat(suggestedRate(high)).isBetween(1e-5, 1e-3);
    }

    @Test
    void row11ARateOfThreeThousandthsIsFlaggedWhileItTrains() throws IOException {
        // Whether it blows up within ten epochs hangs on the last bits, as the lecture's run did in its fifth.
        assertThat(found("run", List.of(0, 4), "optimizer.learning_rate=3.0e-3"))
                .containsAnyOf("update_ratio", "oscillating", "diverging", "non_finite");
    }

    @Test
    void theMiddleOfTheBracketIsRight() throws IOException {
        assertThat(found("check", 0, "optimizer.learning_rate=1.0e-4", "training.epochs=100"))
                .isEmpty();
    }
}

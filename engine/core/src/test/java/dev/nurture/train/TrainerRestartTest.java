package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nurture.run.Checkpoint;
import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.CheckpointFormat;
import dev.nurture.run.FileStorage;
import dev.nurture.run.Storage;
import dev.nurture.spi.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that goes on from a checkpoint, written and read again, ends bit for bit where it would have ended anyway. */
class TrainerRestartTest {
    /** 40 rows, 8 of them for the test and 4 for validation, in batches of 4. */
    private static final int STEPS = 7;

    private final Storage storage = new FileStorage();

    @TempDir
    Path folder;

    private SmallParts parts;
    private Trainer trainer;
    private long lastStep;

    @BeforeEach
    void make() {
        parts = StatefulParts.addTo(new SmallParts(folder));
        parts.add(LearningRateSchedule.class, "constant", () -> progress -> stopping(progress, 1));
        parts.add(
                LearningRateSchedule.class,
                "plateau",
                () -> progress -> stopping(progress, StatefulParts.plateau(progress)));
    }

    private double stopping(LearningRateSchedule.Progress progress, double factor) {
        if (progress.step() + 1 == lastStep) {
            trainer.requestStop();
        }
        return factor;
    }

    /**
     * What training came to.
     *
     * @param checkpoint the file of the last step
     * @param epochs a line for each that was finished
     */
    private record Ended(Trainer.Outcome outcome, Path checkpoint, List<String> epochs) {}

    /** Trains until after a step, or to the end. */
    private Ended train(Experiment made, long until, String name) throws IOException {
        lastStep = until;
        List<String> epochs = new ArrayList<>();
        try (Experiment experiment = made) {
            trainer = experiment.trainer();
            Trainer.Outcome outcome = trainer.train((report, best, last) -> epochs.add(report.epoch() + " "
                    + report.step() + " " + report.learningRate() + " " + report.trainLoss() + " "
                    + report.validation() + " " + best + " " + last));
            Checkpoint checkpoint = experiment.checkpoint(Map.of());
            Path file = new CheckpointFolder(storage, Files.createDirectories(folder.resolve(name)))
                    .file(checkpoint.step());
            Files.deleteIfExists(file);
            try (Storage.Output output = storage.create(file)) {
                CheckpointFormat.write(checkpoint, output);
            }
            return new Ended(outcome, file, epochs);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training.epochs=3",
                "training.epochs=3 optimizer=two_slots",
                "training.epochs=3 model=[factor,dropping,factor]",
                "training.epochs=3 model=[running,factor]",
                "training.epochs=3 preprocess=[centre,noise]",
                "training.epochs=3 preprocess=[noise,centre] data.validation=0",
                "training.epochs=3 optimizer=two_slots training.clip_norm=0.1 regularization.l2=0.01",
                "training.epochs=4 optimizer=two_slots schedule=plateau preprocess=[noise]",
                "training.epochs=9 optimizer=two_slots model=[dropping,factor] preprocess=[noise]"
                        + " training.early_stopping.patience=2 training.early_stopping.metric=validation_loss"
            })
    void fromAnyStepOnTheEndIsTheSame(String written) throws Exception {
        String[] overrides = written.split(" ");
        Ended whole = train(parts.experiment(overrides), Long.MAX_VALUE, "whole");
        long steps = whole.outcome.step();
        assertThat(steps).isGreaterThanOrEqualTo(3 * STEPS);
        for (long stop = 1; stop <= steps; stop++) {
            Ended cut = train(parts.experiment(overrides), stop, "cut");
            Checkpoint checkpoint = new CheckpointFolder(storage, folder.resolve("cut")).load(stop);
            Ended resumed = train(parts.restored(checkpoint, overrides), Long.MAX_VALUE, "resumed");

            assertThat(resumed.outcome).as("after step %d", stop).isEqualTo(whole.outcome);
            assertThat(resumed.checkpoint).as("after step %d", stop).hasSameBinaryContentAs(whole.checkpoint);
            List<String> epochs = new ArrayList<>(cut.epochs);
            epochs.addAll(resumed.epochs);
            assertThat(epochs).as("after step %d", stop).isEqualTo(whole.epochs);
        }
    }

    @Test
    void earlyStoppingThatWasReachedIsNotForgotten() throws Exception {
        String[] overrides = {
            "training.epochs=50",
            "optimizer=two_slots",
            "training.early_stopping.patience=1",
            "preprocess=[noise]",
            "training.early_stopping.metric=validation_loss"
        };
        Ended whole = train(parts.experiment(overrides), Long.MAX_VALUE, "whole");
        assertThat(whole.outcome.end()).isEqualTo(Trainer.End.EARLY_STOPPED);
        Checkpoint last = new CheckpointFolder(storage, folder.resolve("whole")).load(whole.outcome.step());
        Ended again = train(parts.restored(last, overrides), Long.MAX_VALUE, "again");
        assertThat(again.outcome).isEqualTo(whole.outcome);
        assertThat(again.epochs).isEmpty();
    }

    @Test
    void anEpochTakenUpAgainCountsTheTimeOfItsRestAlone() throws Exception {
        train(parts.experiment("training.epochs=1"), 5, "cut");
        Checkpoint checkpoint = new CheckpointFolder(storage, folder.resolve("cut")).load(5);
        try (Experiment experiment = parts.restored(checkpoint, "training.epochs=1")) {
            trainer = experiment.trainer();
            assertThat(trainer.progress().step()).isEqualTo(5);
            lastStep = Long.MAX_VALUE;
            trainer.train((report, best, last) -> assertThat(report.samples()).isEqualTo((STEPS - 5) * 4));
        }
    }

    @Test
    void aCheckpointOfAnotherNetworkOrPlanIsRefused() throws Exception {
        train(parts.experiment(), 6, "cut");
        Checkpoint checkpoint = new CheckpointFolder(storage, folder.resolve("cut")).load(6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts.restored(checkpoint, "model=[factor,factor]"))
                .withMessage("the checkpoint has no tensor 'factor_2.factor'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts.restored(checkpoint, "optimizer=two_slots"))
                .withMessage("the checkpoint has no tensor 'optimizer.first.factor_1.factor'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts.restored(checkpoint, "training.batch_size=8"))
                .withMessage("the epoch under way has 6 batches behind it, but an epoch has 4");
        Checkpoint nothing = new Checkpoint(6, Map.of(), checkpoint.tensors());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts.restored(nothing))
                .withMessage("the checkpoint's metadata have no 'evaluated_losses'");
    }
}

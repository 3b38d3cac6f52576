package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nurture.run.Checkpoint;
import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.CheckpointFormat;
import dev.nurture.run.FileStorage;
import dev.nurture.run.Storage;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.KeyedRandom;
import dev.nurture.spi.Layer;
import dev.nurture.spi.LearningRateSchedule;
import dev.nurture.spi.Optimizer;
import dev.nurture.spi.Pass;
import dev.nurture.spi.Preprocessor;
import dev.nurture.spi.Shape;
import dev.nurture.spi.Variables;
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

    /** Drops values at random, the same for a step whenever it is done. */
    private static final class Dropping implements Layer {
        private final KeyedRandom random = new KeyedRandom(0);
        private final boolean[] kept = new boolean[1000];
        private long stream;
        private int size;

        @Override
        public Shape build(Shape input, Variables variables) {
            stream = variables.stream();
            size = input.size();
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            random.restart(pass.key(stream));
            for (int i = 0; i < batch * size; i++) {
                kept[i] = !pass.training() || random.nextDouble() < 0.8;
                y[i] = kept[i] ? x[i] : 0;
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            for (int i = 0; dx != null && i < batch * size; i++) {
                dx[i] = kept[i] ? dy[i] : 0;
            }
        }
    }

    /** Divides by a running mean of squares, in training too, so that what it remembers shows in each step. */
    private static final class Running implements Layer {
        private float[] mean;
        private int size;

        @Override
        public Shape build(Shape input, Variables variables) {
            size = input.size();
            mean = variables.buffer("mean_square", Shape.of(1), 1);
            return input;
        }

        @Override
        public void forward(float[] x, float[] y, int batch, Pass pass) {
            double sum = 0;
            for (int i = 0; i < batch * size; i++) {
                y[i] = x[i] / mean[0];
                sum += x[i] * x[i];
            }
            if (pass.training()) {
                mean[0] += 0.1f * ((float) (sum / (batch * size)) - mean[0]);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] dy, float[] dx, int batch, Pass pass) {
            for (int i = 0; dx != null && i < batch * size; i++) {
                dx[i] = dy[i] / mean[0];
            }
        }
    }

    /** Subtracts the mean of the training rows. */
    private static final class Centre implements Preprocessor {
        private float[] mean;

        @Override
        public Shape build(Shape input, Variables variables) {
            mean = variables.buffer("mean", input, 0);
            return input;
        }

        @Override
        public void fit(Dataset train) {
            for (int i = 0; i < train.x().length; i++) {
                mean[i % mean.length] += train.x()[i] / train.rows();
            }
        }

        @Override
        public void apply(float[] x, float[] y, int batch, Pass pass) {
            for (int i = 0; i < batch * mean.length; i++) {
                y[i] = x[i] - mean[i % mean.length];
            }
        }
    }

    /** Adds noise to training rows. */
    private static final class Noise implements Preprocessor {
        private final KeyedRandom random = new KeyedRandom(0);
        private long stream;
        private int size;

        @Override
        public Shape build(Shape input, Variables variables) {
            stream = variables.stream();
            size = input.size();
            return input;
        }

        @Override
        public void fit(Dataset train) {}

        @Override
        public void apply(float[] x, float[] y, int batch, Pass pass) {
            random.restart(pass.key(stream));
            for (int i = 0; i < batch * size; i++) {
                y[i] = x[i] + 0.1f * (float) random.nextGaussian();
            }
        }

        @Override
        public boolean augmentation() {
            return true;
        }
    }

    /** Two slots, and a factor that depends on the step's number, as Adam has. */
    private static final class TwoSlots implements Optimizer {
        @Override
        public List<String> slots() {
            return List.of("first", "second");
        }

        @Override
        public void update(float[] w, float[] g, float[][] slots, int from, int to, Step step) {
            double correction = 1 - Math.pow(0.9, step.number());
            for (int i = from; i < to; i++) {
                slots[0][i] = 0.9f * slots[0][i] + 0.1f * g[i];
                slots[1][i] = 0.99f * slots[1][i] + 0.01f * g[i] * g[i];
                w[i] -= (float) (step.learningRate() * slots[0][i] / correction / (Math.sqrt(slots[1][i]) + 0.1));
            }
        }

        @Override
        public float learningRate() {
            return 0.02f;
        }
    }

    /** Halves the rate for each evaluation that was not better than the one before. */
    private static double plateau(LearningRateSchedule.Progress progress) {
        double factor = 1;
        for (int i = 1; i < progress.evaluations(); i++) {
            factor *= progress.loss(i) < progress.loss(i - 1) ? 1 : 0.5;
        }
        return factor;
    }

    @BeforeEach
    void make() {
        parts = new SmallParts(folder);
        parts.add(Layer.class, "dropping", Dropping::new);
        parts.add(Layer.class, "running", Running::new);
        parts.add(Preprocessor.class, "centre", Centre::new);
        parts.add(Preprocessor.class, "noise", Noise::new);
        parts.add(Optimizer.class, "two_slots", TwoSlots::new);
        parts.add(LearningRateSchedule.class, "constant", () -> progress -> stopping(progress, 1));
        parts.add(LearningRateSchedule.class, "plateau", () -> progress -> stopping(progress, plateau(progress)));
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

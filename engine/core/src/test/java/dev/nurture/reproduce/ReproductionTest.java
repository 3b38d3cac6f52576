package dev.nurture.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.config.Definition;
import dev.nurture.observe.RunListeners;
import dev.nurture.run.Checkpoint;
import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.CheckpointFormat;
import dev.nurture.run.FileStorage;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectories;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunFiles;
import dev.nurture.run.RunRecord;
import dev.nurture.run.Status;
import dev.nurture.run.Storage;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Shape;
import dev.nurture.train.CheckpointPlan;
import dev.nurture.train.EpochReport;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentListener;
import dev.nurture.train.ExperimentRun;
import dev.nurture.train.SmallParts;
import dev.nurture.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of 6 epochs of 7 steps each, some of whose files are changed, is trained again. */
class ReproductionTest {
    private static final Provenance PROVENANCE = Provenance.here("plain", 1, "definition", "data", List.of());

    @TempDir
    Path folder;

    private final Storage storage = new FileStorage();
    private SmallParts parts;
    private RunFiles run;

    @BeforeEach
    void make() {
        parts = new SmallParts(folder);
        run = new RunFiles(folder.resolve("run"));
    }

    private Definition definition() throws IOException {
        return parts.definition("training.epochs=6");
    }

    /** Trains, and stops after a step. */
    private void train(long until) throws Exception {
        try (RunDirectory directory = new RunDirectories(storage).createAt(run.folder());
                Experiment experiment = parts.factory().fresh(definition())) {
            RunRecord record = new RunRecord(directory, "small", 231);
            record.provenance(PROVENANCE);
            RunListeners nobody =
                    new RunListeners(List.of(), experiment.network().activity(), warning -> {});
            ExperimentListener stopping = new ExperimentListener() {
                @Override
                public void started(Experiment experiment, RunDirectory directory) {}

                @Override
                public void epochFinished(EpochReport report, boolean best) {}

                @Override
                public void saved(long step) {
                    if (step >= until) {
                        experiment.trainer().requestStop();
                    }
                }

                @Override
                public void found(Finding finding) {}
            };
            Definition due = until == Long.MAX_VALUE
                    ? definition()
                    : parts.definition("training.epochs=6", "training.checkpoint_steps=1");
            Trainer.End end = new ExperimentRun(
                            experiment,
                            directory,
                            record,
                            PROVENANCE,
                            List.of(),
                            Optional.empty(),
                            stopping,
                            nobody,
                            CheckpointPlan.of(due.training()))
                    .execute()
                    .end();
            record.finish(end == Trainer.End.STOPPED ? Status.INTERRUPTED : Status.SUCCEEDED, 0, null);
        }
    }

    private Comparison again() throws Exception {
        RecordedRun recorded = RecordedRun.read(storage, run.folder());
        try (RunDirectory directory = new RunDirectories(storage).create(folder.resolve("again"), "again");
                Experiment experiment = parts.factory().fresh(definition())) {
            return new Reproduction(recorded, experiment, directory).execute(PROVENANCE);
        }
    }

    private void change(Path file, UnaryOperator<String> how) throws IOException {
        String before = Files.readString(file);
        String after = how.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(file, after);
    }

    /** Replaces a checkpoint by another one that is as valid. */
    private void change(long step, UnaryOperator<Checkpoint> how) throws IOException {
        CheckpointFolder checkpoints = new CheckpointFolder(storage, run.checkpoints());
        Checkpoint changed = how.apply(checkpoints.load(step));
        Files.delete(checkpoints.file(step));
        try (Storage.Output output = storage.create(checkpoints.file(step))) {
            CheckpointFormat.write(changed, output);
        }
    }

    private static Checkpoint with(Checkpoint checkpoint, String name, Shape shape, float... values) {
        Map<String, Checkpoint.Tensor> tensors = new LinkedHashMap<>(checkpoint.tensors());
        tensors.put(name, new Checkpoint.Tensor(shape, values));
        return new Checkpoint(checkpoint.step(), checkpoint.metadata(), tensors);
    }

    @Test
    void anHonestRunIsTheSame() throws Exception {
        train(Long.MAX_VALUE);
        Comparison comparison = again();
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.epochs()).isEqualTo(6);
        assertThat(comparison.checkpoints()).containsExactly(28L, 35L, 42L);
        assertThat(comparison.tensors()).isEqualTo(3);
        assertThat(comparison.interrupted()).isFalse();
    }

    @Test
    void aRunThatWasStoppedIsComparedAsFarAsItWent() throws Exception {
        train(17);
        Comparison comparison = again();
        assertThat(comparison.same()).isTrue();
        assertThat(comparison.epochs()).isEqualTo(2);
        assertThat(comparison.checkpoints()).containsExactly(14L, 15L, 16L, 17L);
        assertThat(comparison.interrupted()).isFalse();

        change(17, checkpoint -> with(checkpoint, "factor_1.factor", Shape.of(1), 1));
        assertThat(again().checkpoint().orElseThrow().epoch()).isEqualTo(3);
    }

    @Test
    void anAlteredRowIsNamedWithItsColumn() throws Exception {
        train(Long.MAX_VALUE);
        String row = Files.readAllLines(run.metrics()).get(3);
        String loss = row.split(",")[3];
        change(run.metrics(), text -> text.replace(row, row.replace(loss, Math.nextUp(Double.parseDouble(loss)) + "")));
        Comparison comparison = again();
        assertThat(comparison.firstEpoch()).isEqualTo(3);
        assertThat(comparison.row())
                .contains(new Difference(
                        3,
                        "metrics.csv, epoch 3",
                        "train_loss",
                        Double.toString(Math.nextUp(Double.parseDouble(loss))),
                        loss));
        assertThat(comparison.checkpoint()).isEmpty();
    }

    @Test
    void anAlteredTensorIsNamedWithTheFirstOfItsValues() throws Exception {
        train(Long.MAX_VALUE);
        float[] right = new float[1];
        change(35, checkpoint -> {
            right[0] = checkpoint.tensors().get("factor_1.factor").values()[0];
            return with(checkpoint, "factor_1.factor", Shape.of(1), Math.nextUp(right[0]));
        });
        Comparison comparison = again();
        assertThat(comparison.firstEpoch()).isEqualTo(5);
        assertThat(comparison.row()).isEmpty();
        Difference difference = comparison.checkpoint().orElseThrow();
        assertThat(difference.where()).isEqualTo("step-35.safetensors");
        assertThat(difference.what()).isEqualTo("tensor factor_1.factor (1 of 1 values, the first at [0])");
        assertThat(difference.was()).startsWith(Math.nextUp(right[0]) + " (");
        assertThat(difference.is()).startsWith(right[0] + " (");
        // What comes later need not be trained.
        assertThat(comparison.checkpoints()).containsExactly(28L, 35L);
        assertThat(comparison.epochs()).isEqualTo(5);
    }

    @Test
    void whereTheLogDiffersTheFirstCheckpointAfterItShowsTheTensor() throws Exception {
        train(Long.MAX_VALUE);
        change(run.metrics(), text -> text.replaceFirst("\n2,14,", "\n2,15,"));
        change(28, checkpoint -> with(checkpoint, "factor_1.factor", Shape.of(1), Float.NaN));
        Comparison comparison = again();
        assertThat(comparison.firstEpoch()).isEqualTo(2);
        assertThat(comparison.row().orElseThrow().what()).isEqualTo("step");
        assertThat(comparison.checkpoint().orElseThrow().sentence())
                .startsWith(
                        "step-28.safetensors: tensor factor_1.factor (1 of 1 values, the first at [0]) was NaN (7fc0");
    }

    @Test
    void otherDifferencesOfCheckpointsAreFound() throws Exception {
        train(Long.MAX_VALUE);
        change(28, checkpoint -> with(checkpoint, "more", Shape.of(1), 0));
        assertThat(again().checkpoint().orElseThrow().sentence())
                .isEqualTo("step-28.safetensors: tensor more was a tensor of 1, is not there");
        change(28, checkpoint -> new Checkpoint(28, checkpoint.metadata(), Map.of()));
        assertThat(again().checkpoint().orElseThrow().sentence())
                .isEqualTo("step-28.safetensors: tensor factor_1.factor was not there, is there");
        change(28, checkpoint -> with(checkpoint, "factor_1.factor", Shape.of(2, 2), 0, 1, 2, 3));
        assertThat(again().checkpoint().orElseThrow().sentence())
                .isEqualTo("step-28.safetensors: tensor factor_1.factor was a tensor of 2×2, is a tensor of 1");
    }

    @Test
    void theStateOfTrainingIsComparedToo() throws Exception {
        train(Long.MAX_VALUE);
        change(42, checkpoint -> {
            Map<String, String> metadata = new LinkedHashMap<>(checkpoint.metadata());
            metadata.put("best_epoch", "2");
            return new Checkpoint(42, metadata, checkpoint.tensors());
        });
        assertThat(again().checkpoint().orElseThrow().sentence())
                .isEqualTo("step-42.safetensors: metadata best_epoch was 2, is 5");
    }

    @Test
    void aDamagedCheckpointIsADifference() throws Exception {
        train(Long.MAX_VALUE);
        Path file = new CheckpointFolder(storage, run.checkpoints()).file(42);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 33] ^= 1;
        Files.write(file, bytes);
        assertThat(again().checkpoint().orElseThrow().sentence())
                .isEqualTo("step-42.safetensors: was not valid (its content does not match its SHA-256), is valid");
    }

    @Test
    void tooManyAndTooFewRowsAndCheckpointsAreFound() throws Exception {
        train(Long.MAX_VALUE);
        String log = Files.readString(run.metrics());
        Files.writeString(run.metrics(), log + "7,49,0.1,0,,0,\n");
        assertThat(again().row().orElseThrow().sentence())
                .isEqualTo("metrics.csv, epoch 7: was 7,49,0.1,0,,0,, is no row");
        Files.writeString(run.metrics(), log.substring(0, log.lastIndexOf("6,42")));
        assertThat(again().row().orElseThrow().sentence()).startsWith("metrics.csv, epoch 6: was no row, is 6,42,");
        Files.writeString(run.metrics(), log);

        CheckpointFolder checkpoints = new CheckpointFolder(storage, run.checkpoints());
        Files.copy(checkpoints.file(42), checkpoints.file(49));
        assertThat(again().checkpoint().orElseThrow().sentence())
                .isEqualTo("step-49.safetensors: was there, is never reached");
    }

    @Test
    void whatTheWholeRunCameToIsComparedLast() throws Exception {
        train(Long.MAX_VALUE);
        change(run.record(), text -> text.replaceFirst("\"test_loss\": [^,\n]*", "\"test_loss\": 0.5"));
        Comparison comparison = again();
        assertThat(comparison.firstEpoch()).isZero();
        assertThat(comparison.result().orElseThrow().sentence()).startsWith("run.json: test_loss was 0.5, is ");
    }

    @Test
    void aLastLineThatIsNotWholeIsNone() throws Exception {
        train(17);
        Files.writeString(run.metrics(), Files.readString(run.metrics()) + "3,21,0.0");
        assertThat(again().same()).isTrue();
    }
}

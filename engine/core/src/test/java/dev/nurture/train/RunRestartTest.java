package dev.nurture.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nurture.config.Definition;
import dev.nurture.config.DefinitionWriter;
import dev.nurture.observe.RunListeners;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.Checkpoint;
import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.CheckpointStore;
import dev.nurture.run.CrashDisk;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectories;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunFiles;
import dev.nurture.run.RunRecord;
import dev.nurture.run.RunSummary;
import dev.nurture.run.Status;
import dev.nurture.spi.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that was cut off before any of the changes that it makes to the disk, and taken up again, leaves what one that was
 * not disturbed leaves. 28 rows to train on, 7 steps an epoch.
 */
class RunRestartTest {
    /** As many disks after a loss of power are tried; all of them where it is 0. */
    private static final int POWER_LOSSES = Integer.getInteger("reliability.powerLosses", 150);

    private static final int INTERVAL = 3;
    private static final int STEPS = 7;

    @TempDir
    Path folder;

    private SmallParts parts;
    private RunFiles files;

    /** Where the run under way is; for whoever looks at its disk. */
    private Trainer trainer;

    @BeforeEach
    void make() {
        parts = StatefulParts.addTo(new SmallParts(folder));
        files = new RunFiles(folder.resolve("run"));
    }

    private static Provenance provenance() {
        return Provenance.here("plain", 1, "definition", "data", List.of());
    }

    private Definition definition(String written, String... more) throws Exception {
        List<String> overrides = new ArrayList<>(List.of(written.split(" ")));
        overrides.addAll(List.of(more));
        return parts.definition(overrides.toArray(String[]::new));
    }

    /** Does a whole run. */
    private void begin(CrashDisk disk, Definition definition) throws Exception {
        // For the lock, which is on no disk but the real one.
        Files.createDirectories(files.folder());
        try (RunDirectory directory = new RunDirectories(disk).createAt(files.folder());
                Experiment experiment = parts.factory().fresh(definition)) {
            AtomicFile.write(disk, files.experiment(), new DefinitionWriter().write(definition));
            RunRecord record = new RunRecord(directory, "small", 231);
            record.provenance(provenance());
            execute(experiment, directory, record, Optional.empty());
        }
    }

    /** Brings a run to its end; returns the step it went on from. */
    private long resume(CrashDisk disk, Definition definition) throws Exception {
        try (RunDirectory directory = new RunDirectories(disk).open(files.folder())) {
            if (disk.exists(files.record())
                    && RunSummary.read(disk, files.folder()).status() == Status.SUCCEEDED) {
                return Long.MAX_VALUE;
            }
            CheckpointFolder.Latest latest = CheckpointStore.open(directory, 3).latest();
            assertThat(latest.rejected()).isEmpty();
            if (latest.checkpoint().isEmpty()) {
                try (Experiment experiment = parts.factory().fresh(definition)) {
                    directory.deleteLogs();
                    RunRecord record = disk.exists(files.record())
                            ? RunRecord.resume(directory, 0, List.of())
                            : new RunRecord(directory, "small", 231);
                    record.provenance(provenance());
                    execute(experiment, directory, record, Optional.empty());
                    return 0;
                }
            }
            Checkpoint checkpoint = latest.checkpoint().get();
            try (Experiment experiment = parts.factory().restored(definition, checkpoint, sha256 -> {})) {
                RunRecord record = RunRecord.resume(directory, checkpoint.step(), List.of());
                execute(experiment, directory, record, Optional.of(RunMark.of(checkpoint)));
                return checkpoint.step();
            }
        }
    }

    private void execute(Experiment experiment, RunDirectory directory, RunRecord record, Optional<RunMark> from)
            throws Exception {
        trainer = experiment.trainer();
        RunListeners nobody = new RunListeners(List.of(), experiment.network().activity(), warning -> {});
        new ExperimentRun(experiment, directory, record, provenance(), List.of(), from, new Silent(), nobody).execute();
        record.finish(Status.SUCCEEDED, 0, null);
    }

    private static final class Silent implements ExperimentListener {
        @Override
        public void started(Experiment experiment, RunDirectory directory) {}

        @Override
        public void epochFinished(EpochReport report, boolean best) {}

        @Override
        public void found(Finding finding) {}
    }

    /** What must be the same: the metric log, the checkpoint of the last step, the metrics of the record. */
    private Map<String, String> results(CrashDisk disk) throws Exception {
        CheckpointFolder checkpoints = new CheckpointFolder(disk, files.checkpoints());
        long last = checkpoints.latest().checkpoint().orElseThrow().step();
        Map<String, String> results = new LinkedHashMap<>();
        results.put("metrics.csv", disk.text(files.metrics()));
        results.put("step " + last, disk.text(checkpoints.file(last)));
        RunSummary summary = RunSummary.read(disk, files.folder());
        results.put("metrics", summary.metrics().toString());
        results.put("status", summary.status().label());
        return results;
    }

    /** A disk as it was left, and how far the run had come. */
    private record Left(CrashDisk disk, long change, long step) {}

    private static final String ALL = "training.epochs=3 optimizer=two_slots schedule=plateau preprocess=[centre,noise]"
            + " model=[running,dropping,factor] training.clip_norm=0.1 regularization.l2=0.01";
    private static final String EARLY =
            "training.epochs=9 optimizer=two_slots model=[dropping,factor] preprocess=[noise]"
                    + " training.early_stopping.patience=2 training.early_stopping.metric=validation_loss"
                    + " training.early_stopping.restore_best=true";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALL,
                EARLY,
                "training.epochs=3 data.validation=0 training.checkpoint_every=2",
            })
    void killedBeforeAnyChangeToTheDisk(String written) throws Exception {
        Definition definition = definition(written, "training.checkpoint_steps=" + INTERVAL);
        CrashDisk whole = new CrashDisk();
        Map<String, Left> states = new LinkedHashMap<>();
        whole.watch(disk -> {
            CrashDisk left = disk.afterKill();
            if (left.exists(files.experiment())) {
                states.putIfAbsent(left.fingerprint(), new Left(left, disk.changes(), step()));
            }
        });
        begin(whole, definition);
        whole.look();
        Map<String, String> expected = results(whole);

        assertThat(states).hasSizeGreaterThan(100);
        int midEpoch = 0;
        for (Left left : states.values()) {
            long from = resume(left.disk, definition);
            assertThat(results(left.disk))
                    .as("killed before change %d", left.change)
                    .isEqualTo(expected);
            // What is lost was done since the last checkpoint, and one may just be under way.
            assertThat(left.step - from)
                    .as("lost before change %d", left.change)
                    .isLessThan(2 * INTERVAL);
            midEpoch += from > 0 && from != Long.MAX_VALUE && from % STEPS != 0 ? 1 : 0;
        }
        assertThat(midEpoch).isGreaterThan(states.size() / 3);
    }

    private long step() {
        return trainer == null ? 0 : trainer.progress().step();
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL, EARLY})
    void withoutPowerBeforeAnyChangeToTheDisk(String written) throws Exception {
        Definition definition = definition(written, "training.checkpoint_steps=" + INTERVAL, "training.epochs=2");
        CrashDisk whole = new CrashDisk();
        Map<String, Left> states = new LinkedHashMap<>();
        whole.watch(disk -> disk.afterPowerLoss(left -> {
            if (left.exists(files.experiment())) {
                states.putIfAbsent(left.fingerprint(), new Left(left, disk.changes(), step()));
            }
        }));
        begin(whole, definition);
        whole.look();
        Map<String, String> expected = results(whole);

        int stride = POWER_LOSSES == 0 ? 1 : Math.max(1, states.size() / POWER_LOSSES);
        int number = 0;
        for (Left left : states.values()) {
            if (number++ % stride == 0) {
                resume(left.disk, definition);
                assertThat(results(left.disk))
                        .as("without power before change %d", left.change)
                        .isEqualTo(expected);
            }
        }
        System.out.println("RunRestartTest: " + states.size() + " disks after a loss of power, every " + stride
                + ". taken up again");
        assertThat(states).hasSizeGreaterThan(400);
    }

    @Test
    void checkpointsWithinEpochsChangeNoResult() throws Exception {
        CrashDisk without = new CrashDisk();
        begin(without, definition(ALL));
        Map<String, String> expected = results(without);
        for (String due : List.of("training.checkpoint_steps=1", "training.checkpoint_minutes=1e-9")) {
            files = new RunFiles(folder.resolve(due));
            CrashDisk disk = new CrashDisk();
            begin(disk, definition(ALL, due));
            assertThat(results(disk)).isEqualTo(expected);
            assertThat(new CheckpointFolder(disk, files.checkpoints()).steps())
                    .contains(3L * STEPS - 2, 3L * STEPS - 1, 3L * STEPS);
        }
    }

    @Test
    void theTimeOfCheckpointsIsNotThatOfTheEpoch() throws Exception {
        AtomicInteger saved = new AtomicInteger();
        CrashDisk slow = new CrashDisk();
        slow.watch(disk -> {
            try {
                if (trainer != null) {
                    saved.incrementAndGet();
                    Thread.sleep(2);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        begin(slow, definition("training.epochs=2", "training.checkpoint_steps=1"));
        assertThat(saved.get()).isGreaterThan(100);
        double seconds = slow.text(files.timings())
                .lines()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[1]))
                .sum();
        // A step is a few additions; the disk took 2 ms for each of a hundred changes.
        assertThat(seconds).isBetween(0.0, 0.1);
    }
}

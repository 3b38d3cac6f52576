package dev.nurture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.spi.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointStoreTest extends InRun {
    private CheckpointStore store;
    private Path checkpoints;

    @BeforeEach
    void openStore() throws IOException {
        checkpoints = run.files().checkpoints();
        store = CheckpointStore.open(run, 3);
    }

    @Test
    void savingFollowsTheProtocol() throws IOException {
        for (long step = 1; step <= 3; step++) {
            store.save(checkpoint(step), step);
        }
        storage.changes().clear();

        assertThat(store.save(checkpoint(4), 4)).isEqualTo(checkpoints.resolve("step-4.safetensors"));

        List<String> changes = new ArrayList<>(storage.changes());
        changes.removeIf(change -> change.startsWith("write "));
        assertThat(changes)
                .containsExactly(
                        "create step-4.safetensors.tmp",
                        "force step-4.safetensors.tmp",
                        "close step-4.safetensors.tmp",
                        "move step-4.safetensors",
                        "force checkpoints",
                        "delete step-1.safetensors");
        assertThat(storage.changes().lastIndexOf("write step-4.safetensors.tmp"))
                .isLessThan(storage.changes().indexOf("force step-4.safetensors.tmp"));
    }

    @Test
    void theLastThreeAndTheBestStay() throws IOException {
        for (long step : new long[] {8, 9, 10, 11, 100}) {
            store.save(checkpoint(step), 9);
        }
        assertThat(names(checkpoints))
                .containsExactlyInAnyOrder(
                        "step-9.safetensors", "step-10.safetensors", "step-11.safetensors", "step-100.safetensors");

        store.save(checkpoint(101), 101);
        assertThat(new CheckpointFolder(storage, checkpoints).steps()).containsExactly(11L, 100L, 101L);
        assertThat(store.load(100).tensors().get("w").values()).containsExactly(100);
    }

    /** The disk fails at each change a save makes; what a new start finds is the old state or the new one. */
    @Test
    void aFailureAtAnyPointLeavesTheCheckpointsBeforeValidAndNoTemporaryFile() throws IOException {
        for (long step = 1; step <= 3; step++) {
            store.save(checkpoint(step), step);
        }
        storage.failAt(Integer.MAX_VALUE);
        store.save(checkpoint(4), 4);
        List<String> changes = List.copyOf(storage.changes());
        assertThat(changes).hasSizeGreaterThan(8);

        for (int i = 0; i < changes.size(); i++) {
            long step = 5 + i;
            storage.failAt(i);
            assertThatThrownBy(() -> store.save(checkpoint(step), step))
                    .as(changes.get(i))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left on device");
            storage.failAt(Integer.MAX_VALUE);

            assertThat(names(checkpoints)).noneMatch(name -> name.endsWith(".tmp"));
            boolean moved = i > changes.indexOf("move step-4.safetensors");
            CheckpointFolder.Latest latest = store.latest();
            assertThat(latest.rejected()).isEmpty();
            assertThat(latest.checkpoint().orElseThrow().step())
                    .as(changes.get(i))
                    .isEqualTo(moved ? step : 4);
        }
    }

    @Test
    void anErrorNamesTheFileAndTheReason() {
        storage.failAt(2);
        assertThatThrownBy(() -> store.save(checkpoint(4), 4))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        checkpoints.resolve("step-4.safetensors") + " could not be written: No space left on device");
    }

    @Test
    void damagedCheckpointsAreSetAsideAndTheOneBeforeIsTaken() throws IOException {
        for (long step = 1; step <= 3; step++) {
            store.save(checkpoint(step), step);
        }
        damage("step-3.safetensors", 100);
        Files.write(checkpoints.resolve("step-2.safetensors"), new byte[0]);

        CheckpointFolder.Latest latest = store.latest();

        assertThat(latest.checkpoint().orElseThrow().step()).isEqualTo(1);
        assertThat(latest.rejected())
                .extracting(CheckpointException::file)
                .containsExactly(checkpoints.resolve("step-3.safetensors"), checkpoints.resolve("step-2.safetensors"));
        assertThat(latest.rejected().get(0))
                .hasMessageStartingWith(checkpoints.resolve("step-3.safetensors") + " is not");
        assertThat(names(checkpoints)).containsExactlyInAnyOrder("quarantine", "step-1.safetensors");
        assertThat(names(checkpoints.resolve("quarantine")))
                .containsExactlyInAnyOrder("step-2.safetensors", "step-3.safetensors");

        // The same step again, damaged again, keeps the first.
        store.save(checkpoint(3), 3);
        damage("step-3.safetensors", 100);
        assertThat(store.latest().checkpoint().orElseThrow().step()).isEqualTo(1);
        assertThat(names(checkpoints.resolve("quarantine"))).contains("step-3.safetensors", "step-3.safetensors.2");
    }

    @Test
    void aRenamedCheckpointIsNotTakenForAnotherStep() throws IOException {
        Files.move(store.save(checkpoint(3), 3), checkpoints.resolve("step-9.safetensors"));
        CheckpointFolder.Latest latest = store.latest();
        assertThat(latest.checkpoint()).isEmpty();
        assertThat(latest.rejected().get(0)).hasMessageContaining("its content is of step 3");
        assertThatThrownBy(() -> store.load(4))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("not exist");
    }

    @Test
    void lookingChangesNothing() throws IOException {
        store.save(checkpoint(1), 1);
        store.save(checkpoint(2), 2);
        damage("step-2.safetensors", 40);
        Files.writeString(checkpoints.resolve("step-3.safetensors.tmp"), "being written");
        Files.createDirectory(checkpoints.resolve("step-4.safetensors"));
        Files.writeString(checkpoints.resolve("step-05.safetensors"), "not our name");
        List<String> before = names(checkpoints);

        CheckpointFolder.Latest latest = new CheckpointFolder(new FileStorage(), checkpoints).latest();

        assertThat(latest.checkpoint().orElseThrow().step()).isEqualTo(1);
        assertThat(latest.rejected()).hasSize(1);
        assertThat(names(checkpoints)).isEqualTo(before);
    }

    @Test
    void aRunWithoutCheckpointsHasNone() throws IOException {
        CheckpointFolder none = new CheckpointFolder(storage, folder.resolve("nothing"));
        assertThat(none.steps()).isEmpty();
        assertThat(none.latest().checkpoint()).isEmpty();
        assertThat(store.latest().checkpoint()).isEmpty();
    }

    @Test
    void theOwnerDeletesWhatACrashLeft() throws IOException {
        store.save(checkpoint(1), 1);
        Files.writeString(checkpoints.resolve("step-2.safetensors.tmp"), "torn");
        CheckpointStore again = CheckpointStore.open(run, 3);
        assertThat(names(checkpoints)).containsExactly("step-1.safetensors");
        again.save(checkpoint(2), 2);
        assertThat(again.latest().checkpoint().orElseThrow().step()).isEqualTo(2);
    }

    private static Checkpoint checkpoint(long step) {
        return new Checkpoint(
                step, Map.of("epoch", "1"), Map.of("w", new Checkpoint.Tensor(Shape.of(1), new float[] {step})));
    }

    private void damage(String name, int offset) throws IOException {
        byte[] bytes = Files.readAllBytes(checkpoints.resolve(name));
        bytes[offset] ^= 1;
        Files.write(checkpoints.resolve(name), bytes);
    }
}

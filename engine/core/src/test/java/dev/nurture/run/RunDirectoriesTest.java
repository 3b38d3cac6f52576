package dev.nurture.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoriesTest {
    @TempDir
    Path folder;

    private final RunDirectories directories = new RunDirectories(new FileStorage());

    @Test
    void aRunIsNamedAfterItsExperimentItsTimeAndFourDigits() throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2026-03-04T05:06:07.9Z"), ZoneOffset.UTC);
        int[] numbers = {0x0a1, 0x0a1, 0xbeef};
        RandomGenerator random = new RandomGenerator() {
            private int next;

            @Override
            public int nextInt(int bound) {
                assertThat(bound).isEqualTo(65_536);
                return numbers[next++];
            }

            @Override
            public long nextLong() {
                throw new AssertionError("four hex digits come from sixteen bits");
            }
        };
        RunDirectories fixed = new RunDirectories(new FileStorage(), clock, random);
        Path runs = folder.resolve("a/runs");
        try (RunDirectory one = fixed.create(runs, "digits_mlp");
                RunDirectory two = fixed.create(runs, "digits_mlp")) {
            assertThat(one.files().folder()).isEqualTo(runs.resolve("digits_mlp-20260304-050607-00a1"));
            assertThat(two.files().folder()).isEqualTo(runs.resolve("digits_mlp-20260304-050607-beef"));
            assertThat(InRun.names(one.files().folder())).containsExactly(".lock");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> directories.create(runs, "../x"));
    }

    @Test
    void thisVeryFolderIsMadeOrTakenWhenEmpty() throws IOException {
        Path missing = folder.resolve("x/y/z");
        directories.createAt(missing).close();
        Path empty = Files.createDirectory(folder.resolve("empty"));
        directories.createAt(empty).close();
        // Only the lock of an attempt that was killed is in it.
        directories.createAt(empty).close();
        assertThat(InRun.names(missing)).containsExactly(".lock");
        assertThat(InRun.names(empty)).containsExactly(".lock");
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("notes.txt"), "mine");
        Files.writeString(full.resolve("run.json"), "{}");
        assertThatThrownBy(() -> directories.createAt(full))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessage("run directory " + full + " is not empty: it holds notes.txt and 1 more");
        assertThat(InRun.names(full)).containsExactly("notes.txt", "run.json");
    }

    @Test
    void aFileIsNoPlaceForARun() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThatThrownBy(() -> directories.createAt(file))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessage("run directory " + file + " is a file, not a folder");
        Path below = file.resolve("runs/x");
        assertThatThrownBy(() -> directories.createAt(below))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessage("run directory " + below + " cannot be used: " + file + " is not a folder");
        assertThatThrownBy(() -> directories.create(file, "x"))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessageContaining(file + " is not a folder");
        assertThat(InRun.names(folder)).containsExactly("file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFailureAtAnyPointLeavesNothing() throws IOException {
        InterruptibleStorage storage = new InterruptibleStorage();
        RunDirectories failing = new RunDirectories(storage);
        Path run = folder.resolve("runs/x");
        int changes = 4;
        for (int i = 0; i < changes; i++) {
            storage.failAt(i);
            assertThatThrownBy(() -> failing.createAt(run))
                    .isInstanceOf(RunDirectoryException.class)
                    .hasMessage("run directory " + run + " cannot be used: No space left on device");
            assertThat(InRun.names(folder)).isEmpty();
        }
        storage.failAt(changes);
        failing.createAt(run).close();
        assertThat(storage.changes())
                .containsExactly("createFolder runs", "force " + folder.getFileName(), "createFolder x", "force runs");
    }

    @Test
    void aLockThatCannotBeMadeLeavesNothing() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.createDirectory(run.resolve(".lock"));
        assertThatThrownBy(() -> directories.createAt(run))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessageStartingWith("run directory " + run + " cannot be used: ");
        assertThat(InRun.names(run)).containsExactly(".lock");
        Files.delete(run.resolve(".lock"));
        directories.createAt(run).close();
    }

    @Test
    void withinAProcessARunHasOneOwner() throws IOException {
        Path run = folder.resolve("run");
        Path link = Files.createSymbolicLink(folder.resolve("link"), run);
        try (RunDirectory owner = directories.createAt(run)) {
            new RunRecord(owner, "x", 1);
            assertThatThrownBy(() -> directories.open(run))
                    .isInstanceOf(RunInUseException.class)
                    .hasMessage("run directory " + run + " is in use by this process");
            assertThatThrownBy(() -> directories.open(link)).isInstanceOf(RunInUseException.class);
            assertThatThrownBy(() -> directories.createAt(run)).isInstanceOf(RunInUseException.class);
        }
        assertThatThrownBy(() -> directories.createAt(run))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessage("run directory " + run + " is not empty: it holds run.json");
        RunDirectory next = directories.open(link);
        next.close();
        next.close();
        directories.open(run).close();
    }

    @Test
    @Timeout(60)
    void aLockHeldElsewhereInThisProcessSurvivesTheAttempt() throws Exception {
        Path run = folder.resolve("run");
        try (RunDirectory made = directories.createAt(run)) {
            new RunRecord(made, "x", 1);
        }
        // As another class loader's copy of the engine would.
        try (FileChannel channel = FileChannel.open(run.resolve(".lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThatThrownBy(() -> directories.open(run)).isInstanceOf(RunInUseException.class);
            System.gc();
            assertThat(lock.isValid()).isTrue();
            assertThat(holder("open", run).waitFor()).isEqualTo(RunHolder.IN_USE);
        }
    }

    @Test
    void onlyARunCanBeOpened() throws IOException {
        Path nothing = folder.resolve("nothing");
        assertThatThrownBy(() -> directories.open(nothing))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessage("run directory " + nothing + " is not a folder");
        assertThatThrownBy(() -> directories.open(folder))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessage("run directory " + folder + " is none: it has no run.json");
        assertThat(InRun.names(folder)).isEmpty();
        // One that was killed as it began.
        Files.writeString(folder.resolve("experiment.yaml"), "seed: 1\n");
        directories.open(folder).close();
    }

    @Test
    void whoOpensARunDeletesWhatACrashLeft() throws IOException {
        Path path = folder.resolve("run");
        try (RunDirectory run = directories.createAt(path)) {
            new RunRecord(run, "x", 1);
        }
        Files.writeString(path.resolve("run.json.tmp"), "{");
        directories.open(path).close();
        assertThat(InRun.names(path)).containsExactly(".lock", "run.json");
    }

    @Test
    @Timeout(60)
    void anotherProcessIsRefusedUntilTheOwnerIsKilled() throws Exception {
        Path run = folder.resolve("run");
        Process owner = holder("create", run);
        try (BufferedReader said = owner.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");
            assertThat(said.readLine()).isEqualTo("still");
            String refusal = "run directory " + run + " is in use by process " + owner.pid();
            assertThatThrownBy(() -> directories.open(run))
                    .isInstanceOf(RunInUseException.class)
                    .hasMessage(refusal);

            Process second = holder("open", run);
            assertThat(second.inputReader().readLine()).isEqualTo(refusal);
            assertThat(second.waitFor()).isEqualTo(RunHolder.IN_USE);
            assertThat(owner.isAlive()).isTrue();
        } finally {
            owner.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        try (RunDirectory mine = directories.open(run)) {
            Process refused = holder("open", run);
            assertThat(refused.inputReader().readLine())
                    .isEqualTo("run directory " + run + " is in use by process "
                            + ProcessHandle.current().pid());
            assertThat(refused.waitFor()).isEqualTo(RunHolder.IN_USE);
            assertThat(mine.files().record()).exists();
        }
    }

    @Test
    @Timeout(60)
    void ofTwoProcessesThatStartAtOnceOneRuns() throws Exception {
        Path run = folder.resolve("run");
        List<Process> both = List.of(holder("take", run), holder("take", run));
        try {
            int held = 0;
            for (Process process : both) {
                String said = process.inputReader().readLine();
                if (said.equals("held")) {
                    held++;
                } else {
                    assertThat(said).startsWith("run directory " + run + " is in use by ");
                    assertThat(process.waitFor()).isEqualTo(RunHolder.IN_USE);
                }
            }
            assertThat(held).isEqualTo(1);
        } finally {
            both.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void theModuleBindsAllThatIsNeeded() throws IOException {
        RunDirectories bound = Guice.createInjector(binder -> {
                    binder.requireExplicitBindings();
                    binder.requireAtInjectOnConstructors();
                    binder.install(new RunModule());
                })
                .getInstance(RunDirectories.class);
        try (RunDirectory run = bound.create(folder, "x")) {
            assertThat(run.files().folder().getFileName().toString()).matches("x-\\d{8}-\\d{6}-[0-9a-f]{4}");
        }
    }

    private static Process holder(String how, Path run) throws IOException {
        return JavaProcess.start(RunHolder.class, how, run.toString());
    }
}

package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was cut short and taken up again leaves the bytes of one that was not. */
class ResumeIT {
    private static final int KILLS = Integer.getInteger("reliability.kills", 25);

    /** When checkpoints are written within epochs, which have 38 steps: never, every few steps, every few milliseconds. */
    private static final List<List<String>> DUE =
            List.of(List.of(), List.of("training.checkpoint_steps=3"), List.of("training.checkpoint_minutes=0.0005"));

    @TempDir
    static Path folder;

    /** A run that nobody disturbed. */
    private static RunFolder whole;

    /** The same, ended by SIGTERM in mid-epoch. */
    private static RunFolder cut;

    private static double wholeSeconds;

    private final Nurture nurture = new Nurture(folder);

    @BeforeAll
    static void runTwice() throws Exception {
        Nurture nurture = new Nurture(folder);
        nurture.resource("small_convolutions.yaml");
        long start = System.nanoTime();
        nurture.run(small("whole")).exits(0);
        wholeSeconds = (System.nanoTime() - start) / 1e9;
        whole = new RunFolder(folder.resolve("whole"));
        cut = new RunFolder(folder.resolve("cut"));

        Nurture.Started started = nurture.start(small("cut"));
        started.awaitLine("2 ");
        terminate(started);
        while (Safetensors.read(cut.latest()).metadata().get("cursor").equals("0")) {
            // Just between two epochs; then a little later.
            started = nurture.start("resume", "cut", "--progress", "none");
            started.awaitLine(Integer.toString(cut.metrics().size() + 1));
            terminate(started);
        }
    }

    /** What is printed at the end of an epoch comes while the next one, of eight, begins: a little later it is under way. */
    private static void terminate(Nurture.Started started) throws Exception {
        Thread.sleep((long) (1000 * wholeSeconds / 8 / 4));
        started.signal("TERM");
        started.end().exits(143);
    }

    /** Returns the command of a run with batch normalization, dropout, augmentation, a plateau schedule and clipping. */
    private static String[] small(String directory, List<String> more) {
        List<String> command = new ArrayList<>(
                List.of("run", "small_convolutions.yaml", "training.epochs=8", "training.batch_size=8"));
        command.addAll(more);
        command.addAll(List.of("--run-dir", directory, "--progress", "none"));
        return command.toArray(String[]::new);
    }

    private static String[] small(String directory) {
        return small(directory, List.of());
    }

    private Nurture.Outcome resume(RunFolder run, String... options) throws IOException {
        return nurture.run(Stream.concat(
                        Stream.of("resume", run.path().getFileName().toString(), "--progress", "none"),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    /** Returns a copy of the run that was cut short. */
    private static RunFolder copyOfCut(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (Stream<Path> files = Files.walk(cut.path())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(cut.path().relativize(file).toString()));
            }
        }
        return new RunFolder(copy);
    }

    private static void assertSame(RunFolder run) throws IOException {
        assertThat(run.path().resolve("metrics.csv"))
                .hasSameBinaryContentAs(whole.path().resolve("metrics.csv"));
        assertThat(run.latest()).hasFileName(whole.latest().getFileName().toString());
        assertThat(run.latest()).hasSameBinaryContentAs(whole.latest());
        assertThat(run.record().get("metrics")).isEqualTo(whole.record().get("metrics"));
        assertThat(run.status()).isEqualTo("succeeded");
        assertThat(run.exit()).isZero();
        List<String> timings = Files.readAllLines(run.path().resolve("timings.csv"));
        assertThat(timings.stream().map(line -> line.split(",")[0]))
                .containsExactly("epoch", "1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void afterSigtermInMidEpoch() throws IOException {
        RunFolder run = copyOfCut("terminated");
        long step = run.latestStep();
        Nurture.Outcome outcome = resume(run).exits(0);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("\nresumed       after step " + step + ", batch ");
        assertSame(run);

        // A signal between two epochs had to be repeated, after another resumption.
        JsonArray before = cut.record().getAsJsonArray("resumed");
        JsonArray resumed = run.record().getAsJsonArray("resumed");
        assertThat(resumed).hasSize(before == null ? 1 : before.size() + 1);
        JsonObject last = resumed.get(resumed.size() - 1).getAsJsonObject();
        assertThat(last.get("step").getAsLong()).isEqualTo(step);
        assertThat(run.record().get("provenance")).isEqualTo(cut.record().get("provenance"));
        assertThat(run.record().get("started")).isEqualTo(cut.record().get("started"));
        List<String> stages = new ArrayList<>();
        for (var stage : run.record().getAsJsonArray("stages")) {
            JsonObject one = stage.getAsJsonObject();
            stages.add(one.get("name").getAsString() + " " + one.get("status").getAsString());
        }
        assertThat(String.join(", ", stages))
                .matches(
                        "prepare succeeded, check succeeded, train interrupted, (prepare succeeded, train interrupted, )*"
                                + "prepare succeeded, train succeeded, evaluate succeeded");
        // And the comparison can fail.
        assertThat(cut.metricsBytes()).isNotEqualTo(whole.metricsBytes());
    }

    @Test
    void afterSigkillAtRandomMoments() throws Exception {
        long seed = Long.getLong("nurture.kill.seed", System.nanoTime());
        System.out.println("ResumeIT: -Dnurture.kill.seed=" + seed);
        Random random = new Random(seed);
        int kills = 0;
        int runs = 0;
        while (kills < KILLS) {
            RunFolder run = new RunFolder(folder.resolve("killed-" + ++runs));
            List<String> due = DUE.get(runs % DUE.size());
            boolean finished = false;
            while (!finished) {
                boolean begun = Files.exists(run.path().resolve("experiment.yaml"));
                if (!begun) {
                    delete(run.path());
                }
                String name = run.path().getFileName().toString();
                Nurture.Started started =
                        begun ? nurture.start("resume", name, "--progress", "none") : nurture.start(small(name, due));
                long millis = (long) (random.nextDouble() * wholeSeconds * 1000);
                if (kills < KILLS && !started.process().waitFor(millis, TimeUnit.MILLISECONDS)) {
                    started.process().destroyForcibly().waitFor();
                    kills++;
                } else {
                    started.end().exits(0);
                    finished = true;
                }
            }
            assertThat(Nurture.names(run.path())).noneMatch(file -> file.contains("tmp"));
            assertSame(run);
        }
    }

    /** No more than the steps since the last checkpoint are done again. */
    @Test
    void afterSigkillInMidEpoch() throws Exception {
        int interval = 3;
        long last = whole.latestStep();
        long stepsPerEpoch = last / whole.metrics().size();
        RunFolder run = new RunFolder(folder.resolve("killed-in-mid-epoch"));
        Nurture.Started started =
                nurture.start(small("killed-in-mid-epoch", List.of("training.checkpoint_steps=" + interval)));
        started.awaitLine("2 ");
        while (run.latestStep() % stepsPerEpoch == 0) {
            Thread.sleep(1);
        }
        started.process().destroyForcibly().waitFor();
        long step = run.latestStep();
        assertThat(step).isGreaterThan(2 * stepsPerEpoch);
        assertThat(step % interval == 0 || step % stepsPerEpoch == 0).isTrue();
        Nurture.Outcome outcome = resume(run).exits(0);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("\nresumed       after step " + step + ", ");
        assertSame(run);
        // Of the last steps, and of the best epoch.
        List<Long> kept = run.checkpoints().stream()
                .map(name -> Long.parseLong(name.replaceAll("\\D", "")))
                .sorted()
                .toList();
        long before = (last - 1) / interval * interval;
        assertThat(kept).hasSizeBetween(3, 4).endsWith(before - interval, before, last);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void aTruncatedCheckpointIsSetAsideAndTheOneBeforeUsed() throws IOException {
        RunFolder run = copyOfCut("truncated");
        try (RandomAccessFile file = new RandomAccessFile(run.latest().toFile(), "rw")) {
            file.setLength(file.length() - 1000);
        }
        goesOnFromTheOneBefore(run);
    }

    @Test
    void aCheckpointWithABitFlippedIsSetAsideAndTheOneBeforeUsed() throws IOException {
        RunFolder run = copyOfCut("flipped");
        flip(run.latest());
        goesOnFromTheOneBefore(run);
    }

    private static void flip(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int value = file.read();
            file.seek(file.length() / 2);
            file.write(value ^ 4);
        }
    }

    private void goesOnFromTheOneBefore(RunFolder run) throws IOException {
        String newest = run.latest().getFileName().toString();
        Nurture.Outcome outcome = resume(run).exits(0);
        assertThat(outcome.err())
                .startsWith("warning: " + run.path().getFileName() + "/checkpoints/" + newest
                        + " is not a valid checkpoint: ")
                .endsWith("; it was set aside, in quarantine/\n");
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(Nurture.names(run.path().resolve("checkpoints/quarantine"))).containsExactly(newest);
        assertSame(run);
    }

    @Test
    void withoutAValidCheckpointItBeginsAgain() throws IOException {
        RunFolder run = copyOfCut("all-flipped");
        List<String> names = run.checkpoints();
        for (String name : names) {
            flip(run.path().resolve("checkpoints").resolve(name));
        }
        Nurture.Outcome outcome = resume(run).exits(0);
        assertThat(outcome.err().lines()).hasSize(names.size() + 1);
        assertThat(outcome.err()).endsWith("note: run all-flipped has no valid checkpoint; it begins again\n");
        assertThat(outcome.out()).doesNotContain("resumed");
        assertSame(run);
    }

    @Test
    void aLogThatIsNotWhatItWasIsNotContinued() throws IOException {
        RunFolder run = copyOfCut("other-log");
        Path log = run.path().resolve("metrics.csv");
        String changed = Files.readString(log).replaceFirst("\n1,", "\n7,");
        Files.writeString(log, changed);
        Nurture.Outcome outcome = resume(run).exits(1);
        assertThat(outcome.err()).startsWith("error: the first ").endsWith("metrics.csv are not what they were\n");
        assertThat(log).hasContent(changed);
    }

    @Test
    void aFinishedRunIsLeftAlone() throws IOException {
        Map<String, String> before = content(whole.path());
        Nurture.Outcome outcome = resume(whole).exits(0);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo("note: run whole has succeeded; there is nothing to go on with\n");
        assertThat(content(whole.path())).isEqualTo(before);
    }

    /** Returns bytes and time of change of all files. */
    private static Map<String, String> content(Path run) throws IOException {
        Map<String, String> content = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                content.put(
                        run.relativize(file).toString(),
                        Files.getLastModifiedTime(file)
                                + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }

    @Test
    void aRunInUseIsLeftAlone() throws Exception {
        Nurture.Started started = nurture.start(
                "run", Nurture.shipped("digits"), "training.epochs=1000000", "--run-dir", "used", "--progress", "none");
        try {
            started.awaitLine("1 ");
            Nurture.Outcome refused = nurture.run("resume", "used").exits(75);
            assertThat(refused.err())
                    .isEqualTo("error: run directory used is in use by process "
                            + started.process().pid() + "\n");
            assertThat(refused.out()).isEmpty();
            terminate(started);
        } finally {
            started.process().destroyForcibly();
        }
    }

    @Test
    void aRunThatAFindingHasEndedIsRefused() throws IOException {
        nurture.run(
                        "run",
                        Nurture.shipped("digits"),
                        "optimizer.type=sgd",
                        "optimizer.learning_rate=1e30",
                        "checks=false",
                        "--run-dir",
                        "not-finite",
                        "--progress",
                        "none")
                .exits(4);
        RunFolder run = new RunFolder(folder.resolve("not-finite"));
        Map<String, String> before = content(run.path());
        before.remove(".lock");
        nurture.run("resume", "not-finite")
                .refuses("error: run not-finite was stopped by a monitor: "
                        + run.record().get("cause").getAsString()
                        + "; it would come to the same again (--force tries)");
        Map<String, String> after = content(run.path());
        after.remove(".lock");
        assertThat(after).isEqualTo(before);
        resume(run, "--force").exits(4);
    }

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        nurture.run("resume", "nothing").refuses("error: run directory nothing is not a folder");
        Files.createDirectories(folder.resolve("empty"));
        nurture.run("resume", "empty").refuses("error: run directory empty is none: it has no run.json");
        assertThat(folder.resolve("empty")).isEmptyDirectory();
    }
}

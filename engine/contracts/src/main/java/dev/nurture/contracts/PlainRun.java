package dev.nurture.contracts;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Finding;
import dev.nurture.spi.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A run as listeners see it, without a network: a check-up, the healthy course of {@link PlainTraining} with a finding and
 * checkpoints, an end. It has a folder of its own, which is deleted when it is closed.
 */
public final class PlainRun implements RunListener.Run, AutoCloseable {
    private final PlainTraining course;
    private final Path folder;
    private final AtomicLong steps = new AtomicLong();
    private final List<String> said = new ArrayList<>();

    public PlainRun(long seed) {
        course = new PlainTraining(seed, PlainTraining.Course.HEALTHY);
        try {
            folder = Files.createTempDirectory("nurture-run").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells a session all of the run, and closes it. */
    public void tell(RunListener.Session session) {
        tellUpToTheEnd(session);
        session.finished("succeeded", Map.of("test_loss", 0.1, "test_accuracy", 0.98));
        session.close();
    }

    void tellUpToTheEnd(RunListener.Session session) {
        session.stage("check");
        session.checked("initial_loss", null);
        session.checked("input", Finding.Severity.WARN);
        session.found(finding());
        session.stage("train");
        course.tell(session, steps::set);
        session.stage("evaluate");
    }

    private static Finding finding() {
        return new Finding(
                "uncentred_input",
                Finding.Severity.WARN,
                "check",
                null,
                0.4,
                "> 0.2",
                "the input is not centred",
                "preprocess: [zero_mean]",
                "CS231n lecture 6");
    }

    /** Returns what listeners told the user, warnings among it. */
    public List<String> said() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    @Override
    public String experiment() {
        return "plain";
    }

    @Override
    public String id() {
        return "20260115-101500-3fa9";
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Instant started() {
        return Instant.parse("2026-01-15T10:15:00Z");
    }

    @Override
    public int plugins() {
        return 1;
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public String blas() {
        return "none";
    }

    @Override
    public long seed() {
        return 231;
    }

    @Override
    public long parameters() {
        return 300;
    }

    @Override
    public long step() {
        return 0;
    }

    @Override
    public long totalSteps() {
        return plan().epochs() * stepsPerEpoch();
    }

    @Override
    public long stepsPerEpoch() {
        return course.training().stepsPerEpoch();
    }

    @Override
    public Bench.Plan plan() {
        return course.training().plan();
    }

    @Override
    public List<RunListener.Counter> counters() {
        return List.of(
                RunListener.Counter.of("train_steps", "steps that are done", steps::get),
                new RunListener.Counter(
                        "phase_seconds", "time by phase", Optional.of("phase"), "forward", () -> steps.get() / 1e3),
                new RunListener.Counter(
                        "phase_seconds", "time by phase", Optional.of("phase"), "backward", () -> steps.get() / 5e2));
    }

    @Override
    public RunListener.Report report() {
        return new RunListener.Report() {
            @Override
            public String page() {
                return "<!doctype html><title>plain</title>";
            }

            @Override
            public String data() {
                return "{}";
            }
        };
    }

    @Override
    public void say(String message) {
        synchronized (said) {
            said.add(message);
        }
    }

    @Override
    public void warn(String message) {
        say(message);
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

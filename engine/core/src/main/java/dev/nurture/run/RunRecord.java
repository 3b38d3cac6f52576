package dev.nurture.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import dev.nurture.spi.Finding;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Keeps {@code run.json} true: at each change the file is replaced as a whole. Durations come from a clock that only
 * goes forward. Any thread.
 */
public final class RunRecord {
    private static final double NANOS = 1e9;

    private final RunDirectory directory;
    private final String name;
    private final long seed;
    private final Clock clock;
    private final LongSupplier nanos;
    private final String started;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final List<Resumption> resumptions = new ArrayList<>();

    private List<Check> checks = List.of();
    private List<Finding> findings = List.of();
    private List<Judgement> judgements = List.of();
    private String curve;
    private Provenance provenance;
    private long stageStarted;
    private Status status = Status.RUNNING;
    private String finished;
    private Integer exit;
    private String cause;
    private boolean over;

    private record Stage(String name, Status status, double seconds) {}

    /**
     * That the run was taken up again.
     *
     * @param started when
     * @param step after which it went on
     * @param drift a sentence for each thing that was not as it had been
     */
    private record Resumption(String started, long step, List<String> drift) {}

    /**
     * What a check came to.
     *
     * @param result {@code pass}, or the gravest severity of what it found
     */
    public record Check(String check, String result, double seconds) {}

    /**
     * What came of something that the definition expects.
     *
     * @param what was expected to be something: a metric, {@code findings}, {@code curve}
     * @param measured a {@link Double}, or words
     */
    public record Judgement(String what, String expected, Object measured, boolean met) {
        /** Returns it as a sentence. */
        public String sentence() {
            return what + " is " + measured + ", expected " + expected;
        }
    }

    /** The part of the file that is read again. */
    private record Content(
            String name,
            String started,
            List<StageContent> stages,
            Map<String, JsonPrimitive> metrics,
            long seed,
            List<Resumption> resumed,
            List<Check> checks,
            Provenance provenance) {}

    private record StageContent(String name, String status, double seconds) {}

    /** Begins the record of a run and writes it. */
    public RunRecord(RunDirectory directory, String name, long seed) throws IOException {
        this(directory, name, seed, Clock.systemUTC(), System::nanoTime);
    }

    RunRecord(RunDirectory directory, String name, long seed, Clock clock, LongSupplier nanos) throws IOException {
        this.directory = directory;
        this.name = name;
        this.seed = seed;
        this.clock = clock;
        this.nanos = nanos;
        this.started = now();
        write();
    }

    /**
     * Goes on with the record of a run that did not come to its end, and writes it: stages, metrics and provenance stay.
     *
     * @param step after which the run goes on
     * @param drift a sentence for each thing that is not as it was
     * @throws RunDirectoryException if the record makes no sense
     */
    public static RunRecord resume(RunDirectory directory, long step, List<String> drift) throws IOException {
        return resume(directory, step, drift, Clock.systemUTC(), System::nanoTime);
    }

    static RunRecord resume(RunDirectory directory, long step, List<String> drift, Clock clock, LongSupplier nanos)
            throws IOException {
        RunRecord record;
        try (Reader reader =
                Channels.newReader(directory.storage().read(directory.files().record()), StandardCharsets.UTF_8)) {
            record = new RunRecord(directory, Json.GSON.fromJson(reader, Content.class), clock, nanos);
        } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
            throw RunDirectoryException.notUnderstood(
                    directory.files().folder(), directory.files().record(), e);
        }
        record.resumptions.add(new Resumption(record.now(), step, drift));
        record.write();
        return record;
    }

    private RunRecord(RunDirectory directory, Content content, Clock clock, LongSupplier nanos) {
        this.directory = directory;
        this.name = Objects.requireNonNull(content.name, "name");
        this.seed = content.seed;
        this.clock = clock;
        this.nanos = nanos;
        this.started = Objects.requireNonNull(content.started, "started");
        for (StageContent stage : content.stages) {
            // Of a stage that was cut short by a kill nobody knows how long it took.
            Status status = Status.of(stage.status);
            stages.add(new Stage(stage.name, status == Status.RUNNING ? Status.INTERRUPTED : status, stage.seconds));
        }
        // Double.parseDouble, behind getAsDouble, reads the words for what is not finite, too.
        content.metrics.forEach((metric, value) -> metrics.put(metric, value.getAsDouble()));
        resumptions.addAll(content.resumed);
        // Records of before there were any lack them.
        checks = content.checks == null ? List.of() : List.copyOf(content.checks);
        provenance = content.provenance;
    }

    /** Says what the run is made with, as soon as that is known. */
    public synchronized void provenance(Provenance provenance) throws IOException {
        this.provenance = provenance;
        write();
    }

    /**
     * Begins a stage.
     *
     * @throws IllegalStateException if one is running, or the run is over
     */
    public synchronized void begin(String stage) throws IOException {
        if (status != Status.RUNNING || stageRuns()) {
            throw new IllegalStateException("stage " + stage + " cannot begin now");
        }
        stages.add(new Stage(stage, Status.RUNNING, 0));
        stageStarted = nanos.getAsLong();
        write();
    }

    /**
     * Adds a stage that was over, with success, before there was a record.
     *
     * @throws IllegalStateException if a stage is running, or the run is over
     */
    public synchronized void done(String stage, double seconds) throws IOException {
        if (status != Status.RUNNING || stageRuns()) {
            throw new IllegalStateException("stage " + stage + " cannot have been done by now");
        }
        stages.add(new Stage(stage, Status.SUCCEEDED, seconds));
        write();
    }

    /**
     * Ends the stage that is running, with success.
     *
     * @throws IllegalStateException if none is
     */
    public synchronized void end() throws IOException {
        if (!stageRuns()) {
            throw new IllegalStateException("no stage is running");
        }
        endStage(Status.SUCCEEDED);
        write();
    }

    /** Sets metrics, beside those set before; of the same name the last counts. */
    public synchronized void metrics(Map<String, Double> more) throws IOException {
        metrics.putAll(more);
        write();
    }

    /** Says what the checks came to. */
    public synchronized void checks(List<Check> all) throws IOException {
        checks = List.copyOf(all);
        write();
    }

    /** Sets what was found wrong, instead of what was found before. */
    public synchronized void findings(List<Finding> all) throws IOException {
        findings = List.copyOf(all);
        write();
    }

    /**
     * Says what the run came to beside its metrics.
     *
     * @param shape of its curves; null where there is none to tell
     * @param all that came of what the definition expects
     */
    public synchronized void judged(String shape, List<Judgement> all) throws IOException {
        curve = shape;
        judgements = List.copyOf(all);
        write();
    }

    /**
     * Ends the run. A stage that is still running ends alike. Once it has ended it stays so: later calls change nothing.
     *
     * @param exit the exit status of the process
     * @param cause of a failure or an interruption, a sentence; null when there is none
     */
    public synchronized void finish(Status status, int exit, String cause) throws IOException {
        if (status == Status.RUNNING) {
            throw new IllegalArgumentException("a run does not finish as running");
        }
        if (over) {
            return;
        }
        if (stageRuns()) {
            endStage(status);
        }
        this.status = status;
        this.exit = exit;
        this.cause = cause;
        finished = now();
        write();
        // Only now: an end that could not be written may be tried again.
        over = true;
    }

    private boolean stageRuns() {
        return !stages.isEmpty() && stages.get(stages.size() - 1).status() == Status.RUNNING;
    }

    private void endStage(Status how) {
        int last = stages.size() - 1;
        double seconds = Math.max(0, nanos.getAsLong() - stageStarted) / NANOS;
        stages.set(last, new Stage(stages.get(last).name(), how, seconds));
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private void write() throws IOException {
        JsonArray stageList = new JsonArray();
        for (Stage stage : stages) {
            JsonObject one = new JsonObject();
            one.addProperty("name", stage.name());
            one.addProperty("status", stage.status().label());
            one.addProperty("seconds", stage.seconds());
            stageList.add(one);
        }
        JsonObject metricMap = new JsonObject();
        metrics.forEach((metric, value) -> metricMap.add(metric, Json.number(value)));

        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("status", status.label());
        json.addProperty("started", started);
        json.add("finished", Json.text(finished));
        json.addProperty("exit", exit);
        json.add("cause", Json.text(cause));
        json.add("stages", stageList);
        json.add("resumed", Json.GSON.toJsonTree(resumptions));
        json.add("metrics", metricMap);
        json.add("curve", Json.text(curve));
        JsonArray expectations = new JsonArray();
        for (Judgement judgement : judgements) {
            JsonObject one = new JsonObject();
            one.addProperty("what", judgement.what());
            one.addProperty("expected", judgement.expected());
            one.add(
                    "measured",
                    judgement.measured() instanceof Double number
                            ? Json.number(number)
                            : Json.text(judgement.measured().toString()));
            one.addProperty("met", judgement.met());
            expectations.add(one);
        }
        json.add("expectations", expectations);
        json.add("checks", Json.GSON.toJsonTree(checks));
        json.add("findings", FindingsFile.json(findings));
        json.addProperty("seed", seed);
        json.add("provenance", Json.GSON.toJsonTree(provenance));
        AtomicFile.write(directory.storage(), directory.files().record(), Json.GSON.toJson(json) + "\n");
    }
}

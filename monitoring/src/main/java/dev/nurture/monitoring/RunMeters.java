package dev.nurture.monitoring;

import dev.nurture.spi.Bench;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.StepStatistics;
import dev.nurture.spi.StepStatistics.LayerStatistics;
import dev.nurture.spi.StepStatistics.TensorStatistics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The meters of one run. The training thread writes into them, one value a call and without a lock; {@link #scrape} is for
 * any thread.
 */
final class RunMeters implements AutoCloseable {
    /**
     * For so long a scrape answers for those that follow: with a hundred a second the training pays for one. It is less
     * than a second, so that who asks each second gets something new.
     */
    private static final long SCRAPE_NANOS = 800_000_000;

    /** Bounds of the histogram of steps, seconds: from the smallest networks to those of which a step takes seconds. */
    private static final double[] STEP_BOUNDS = {
        1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.5, 2.5
    };

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final List<String> STATES =
            List.of("preparing", "checking", "training", "evaluating", "succeeded", "failed", "interrupted");

    private static final Map<String, String> STATE_OF_STAGE =
            Map.of("check", "checking", "train", "training", "evaluate", "evaluating");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<AutoCloseable> binders = new ArrayList<>();
    /** All but the process's own and the histogram. Holds what meters ask, which counters do only weakly. */
    private final Map<Meter.Id, Measured> measured = new ConcurrentHashMap<>();

    private final RunListener.Run run;
    private final Map<String, Cell> states = new HashMap<>();
    private final Map<String, Cell> losses = new HashMap<>();
    private final Map<String, Cell> accuracies = new HashMap<>();
    private final Map<String, Cell> checks = new HashMap<>();
    private final List<Cell[]> layers = new ArrayList<>();
    private final List<Cell[]> tensors = new ArrayList<>();
    private final Cell learningRate;
    private final Cell penalty;
    private final Cell gradientNorm = new Cell(Double.NaN);
    private final Cell epoch = new Cell(0);
    private final Cell lastStepAt = new Cell(Double.NaN);
    private final Cell batchLoss;
    private final Timer steps;
    private final Counter checkpoints;
    private volatile long step;
    private volatile long trainingSince;
    private volatile boolean over;
    private final Map<String, Cached> cached = new HashMap<>();

    /** Something that has a value at any time. */
    private record Measured(Series series, DoubleSupplier value) {}

    /** What was answered, and when. */
    private record Cached(Scrape scrape, long at) {}

    /** An answer to Prometheus; the bytes are not to be changed. */
    record Scrape(String contentType, byte[] body) {}

    RunMeters(RunListener.Run run) {
        this.run = run;
        step = run.step();
        registry.throwExceptionOnRegistrationFailure();
        // The binders' own, whose names promtool objects to; other meters say the same.
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        registry.config().commonTags("experiment", run.experiment(), "run", run.id());
        gauge(
                "run.info",
                "The run, as labels",
                Tags.of("seed", Long.toString(run.seed()), "version", run.version(), "blas", run.blas()),
                () -> 1);
        for (String state : STATES) {
            Cell cell = new Cell(state.equals("preparing") ? 1 : 0);
            states.put(state, cell);
            gauge("run.state", "Whether the run is in this state", Tags.of("state", state), cell::get);
        }
        gauge("run.progress.ratio", "Share of the steps that are done", Tags.empty(), this::progress);
        gauge("run.eta.seconds", "Time until training is done, at its pace so far", Tags.empty(), this::remaining);
        double started = run.started().toEpochMilli() / 1e3;
        gauge("run.start.timestamp.seconds", "When the process began with the run", Tags.empty(), () -> started);
        gauge("run.last.step.timestamp.seconds", "When the last step was done", Tags.empty(), lastStepAt::get);
        gauge("train.epoch", "Epochs that are done", Tags.empty(), epoch::get);
        gauge("train.parameters", "Values that are trained", Tags.empty(), run::parameters);
        gauge("plugins.loaded", "Plugins that are loaded", Tags.empty(), run::plugins);
        learningRate = cell("learning.rate", "The learning rate of the last step", Tags.empty());
        batchLoss = cell("loss", "The loss, by the rows it is the mean of", Tags.of("split", "batch"));
        String kind = penaltyKind(run.plan());
        penalty = kind == null
                ? new Cell(0)
                : cell("regularization.loss", "What penalties on weights add to the loss", Tags.of("kind", kind));
        gauge(
                "gradient.norm",
                "The norm of the gradient of all weights",
                Tags.of("scope", "global"),
                gradientNorm::get);
        steps = Timer.builder("nurture.step")
                .description("How long steps take")
                .serviceLevelObjectives(Arrays.stream(STEP_BOUNDS)
                        .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
                        .toArray(Duration[]::new))
                .register(registry);
        checkpoints = Counter.builder("nurture.checkpoints")
                .description("Checkpoints written")
                .register(registry);
        known(checkpoints, checkpoints::count);
        run.counters().forEach(this::count);
        bind();
    }

    /** Returns which penalties there are; null for none. */
    private static String penaltyKind(Bench.Plan plan) {
        if (plan.l1() > 0) {
            return plan.l2() > 0 ? "l1 and l2" : "l1";
        }
        return plan.l2() > 0 ? "l2" : null;
    }

    private void bind() {
        JvmGcMetrics gc = new JvmGcMetrics();
        JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();
        binders.add(gc);
        binders.add(pressure);
        List<MeterBinder> all = List.of(
                gc,
                pressure,
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
        all.forEach(binder -> binder.bindTo(registry));
    }

    private void gauge(String name, String doc, Tags tags, DoubleSupplier value) {
        Gauge gauge = Gauge.builder("nurture." + name, value::getAsDouble)
                .description(doc)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        known(gauge, value);
    }

    private void known(Meter meter, DoubleSupplier value) {
        measured.computeIfAbsent(meter.getId(), id -> new Measured(series(id), value));
    }

    /** Returns what Prometheus knows a meter by once it has scraped it. */
    private static Series series(Meter.Id id) {
        SortedMap<String, String> labels = new TreeMap<>();
        id.getTags().forEach(tag -> labels.put(tag.getKey(), tag.getValue()));
        // Micrometer's own naming cuts off the ends that Prometheus' library adds again when it writes.
        String name = id.getName().replace('.', '_');
        return new Series(id.getType() == Meter.Type.COUNTER ? name + "_total" : name, labels);
    }

    private Cell cell(String name, String doc, Tags tags) {
        Cell cell = new Cell(Double.NaN);
        gauge(name, doc, tags, cell::get);
        return cell;
    }

    /** Adds something that is counted elsewhere. */
    void count(RunListener.Counter counter) {
        FunctionCounter meter = FunctionCounter.builder(
                        "nurture." + counter.name().replace('_', '.'), counter.value(), DoubleSupplier::getAsDouble)
                .description(counter.doc())
                .tags(counter.label().map(label -> Tags.of(label, counter.of())).orElse(Tags.empty()))
                .register(registry);
        known(meter, counter.value());
    }

    private double progress() {
        return run.totalSteps() == 0 ? 1 : (double) step / run.totalSteps();
    }

    private double remaining() {
        long done = step - run.step();
        if (over) {
            return 0;
        }
        if (done == 0 || trainingSince == 0) {
            return Double.NaN;
        }
        double seconds = (System.nanoTime() - trainingSince) / 1e9;
        return seconds / done * (run.totalSteps() - step);
    }

    void stage(String name) {
        if (name.equals("train")) {
            trainingSince = System.nanoTime();
        }
        state(STATE_OF_STAGE.getOrDefault(name, "preparing"));
    }

    private void state(String now) {
        states.forEach((state, cell) -> cell.set(state.equals(now) ? 1 : 0));
    }

    void checked(String check, Finding.Severity gravest) {
        checks.computeIfAbsent(
                        check,
                        name -> cell(
                                "check.status",
                                "What a check came to: 0 all is well, 1 a warning, 2 a failure",
                                Tags.of("check", name)))
                .set(gravest == Finding.Severity.FAIL ? 2 : gravest == Finding.Severity.WARN ? 1 : 0);
    }

    void stepped(long number, double loss, double penalties, double rate, double seconds) {
        steps.record((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
        batchLoss.set(loss);
        penalty.set(penalties);
        learningRate.set(rate);
        lastStepAt.set(System.currentTimeMillis() / 1e3);
        step = number;
    }

    void sampled(StepStatistics statistics) {
        if (layers.isEmpty()) {
            register(statistics);
        }
        gradientNorm.set(statistics.gradientNorm());
        for (int i = 0; i < layers.size(); i++) {
            LayerStatistics layer = statistics.layers().get(i);
            Cell[] cells = layers.get(i);
            cells[0].set(layer.mean());
            cells[1].set(layer.std());
            known(
                    cells,
                    2,
                    layer.saturated(),
                    "layer.saturated.ratio",
                    "Share of outputs at an end of the range",
                    layer);
            known(cells, 3, layer.dead(), "layer.dead.ratio", "Share of units that give nothing for any row", layer);
        }
        for (int i = 0; i < tensors.size(); i++) {
            TensorStatistics tensor = statistics.tensors().get(i);
            Cell[] cells = tensors.get(i);
            cells[0].set(tensor.gradientNorm());
            cells[1].set(tensor.norm());
            cells[2].set(tensor.updateRatio());
        }
    }

    private void register(StepStatistics statistics) {
        for (LayerStatistics layer : statistics.layers()) {
            Tags tags = Tags.of("layer", layer.name());
            layers.add(new Cell[] {
                cell("layer.activation.mean", "Mean of a layer's outputs", tags),
                cell("layer.activation.std", "Standard deviation of a layer's outputs", tags),
                null,
                null
            });
        }
        for (TensorStatistics tensor : statistics.tensors()) {
            String parameter = tensor.name().startsWith(tensor.layer() + ".")
                    ? tensor.name().substring(tensor.layer().length() + 1)
                    : tensor.name();
            Tags tags = Tags.of("layer", tensor.layer(), "parameter", parameter);
            tensors.add(new Cell[] {
                cell("layer.gradient.norm", "The norm of a tensor's gradient", tags),
                cell("layer.weight.norm", "The norm of a tensor", tags),
                cell("layer.update.ratio", "The norm of a tensor's last update against its own", tags)
            });
        }
    }

    /** Sets a cell that exists only where there is something to measure. */
    private void known(Cell[] cells, int index, double value, String name, String doc, LayerStatistics layer) {
        if (cells[index] == null && !Double.isNaN(value)) {
            cells[index] = cell(name, doc, Tags.of("layer", layer.name()));
        }
        if (cells[index] != null) {
            cells[index].set(value);
        }
    }

    void evaluated(Monitor.EpochStatistics statistics) {
        epoch.set(statistics.epoch());
        split("train", statistics.trainLoss(), statistics.trainAccuracy());
        split("validation", statistics.validationLoss(), statistics.validationAccuracy());
    }

    private void split(String split, double loss, double accuracy) {
        set(losses, "loss", "The loss, by the rows it is the mean of", split, loss);
        set(accuracies, "accuracy", "Share of rows whose class is found", split, accuracy);
    }

    private void set(Map<String, Cell> cells, String name, String doc, String split, double value) {
        if (!Double.isNaN(value)) {
            cells.computeIfAbsent(split, key -> cell(name, doc, Tags.of("split", key)))
                    .set(value);
        }
    }

    void found(Finding finding) {
        String severity = finding.severity().label();
        increment(
                "findings", "What checks and monitors found", Tags.of("fault", finding.fault(), "severity", severity));
        if (finding.fault().equals("non_finite")) {
            increment(
                    "nonfinite",
                    "Values that were not finite, by the tensor where they began",
                    Tags.of("where", finding.subject() == null ? "unknown" : finding.subject()));
        }
    }

    private void increment(String name, String doc, Tags tags) {
        Counter counter =
                Counter.builder("nurture." + name).description(doc).tags(tags).register(registry);
        known(counter, counter::count);
        counter.increment();
    }

    void saved() {
        checkpoints.increment();
    }

    void finished(String status, Map<String, Double> metrics) {
        over = true;
        split("test", metrics.getOrDefault("test_loss", Double.NaN), metrics.getOrDefault("test_accuracy", Double.NaN));
        state(status);
    }

    /**
     * Returns the present values, but for those of the process and the histogram of steps; what is not known is left out.
     *
     * @param millis what time it is
     */
    List<Sample> samples(long millis) {
        List<Sample> samples = new ArrayList<>(measured.size());
        for (Measured one : measured.values()) {
            double value = one.value.getAsDouble();
            if (!Double.isNaN(value)) {
                samples.add(new Sample(one.series, millis, value));
            }
        }
        return samples;
    }

    /**
     * Returns all values, less than a second old.
     *
     * @param accept the request's header; null for text
     */
    synchronized Scrape scrape(String accept) throws IOException {
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        Cached last = cached.get(type);
        if (last == null || System.nanoTime() - last.at > SCRAPE_NANOS) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
            registry.scrape(out, type);
            last = new Cached(new Scrape(type, out.toByteArray()), System.nanoTime());
            cached.put(type, last);
        }
        return last.scrape;
    }

    @Override
    public void close() {
        for (AutoCloseable binder : binders) {
            try {
                binder.close();
            } catch (Exception e) {
                // What it measured is not asked for any more.
                continue;
            }
        }
        registry.close();
    }
}

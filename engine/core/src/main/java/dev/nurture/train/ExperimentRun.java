package dev.nurture.train;

import com.google.gson.JsonObject;
import dev.nurture.config.Definition;
import dev.nurture.observe.Answers;
import dev.nurture.observe.HistoryRecorder;
import dev.nurture.observe.Picture;
import dev.nurture.observe.Regions;
import dev.nurture.observe.RunListeners;
import dev.nurture.plugin.PluginException;
import dev.nurture.run.AtomicFile;
import dev.nurture.run.CheckpointStore;
import dev.nurture.run.DecisiveProvenance;
import dev.nurture.run.FindingsFile;
import dev.nurture.run.HistoryLog;
import dev.nurture.run.MetricLog;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunRecord;
import dev.nurture.run.TimingLog;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Finding;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.StepStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Trains and evaluates an experiment, and keeps its run directory true while it does. */
public final class ExperimentRun {
    private final Experiment experiment;
    private final RunDirectory directory;
    private final RunRecord record;
    private final Provenance provenance;
    private final ExperimentListener listener;
    private final RunListeners listeners;
    private final Definition.Training training;
    private final CheckpointPlan due;
    private final boolean restoreBest;
    private final Optional<RunMark> from;
    private final FindingsFile findingsFile;
    private final List<Finding> findings = new ArrayList<>();
    private volatile String phase = Monitoring.PHASE;
    private List<MetricLog.Row> epochs = List.of();
    private long bestStep;

    /**
     * Prepares a run.
     *
     * @param record begun
     * @param provenance of what it is made with now
     * @param found by the check-up, and by monitors before the run was taken up again
     * @param from where its files stood at the checkpoint that the experiment was restored from; empty for one that is
     *     fresh
     * @param listener shows the run to whoever started it
     * @param listeners the definition's
     */
    public ExperimentRun(
            Experiment experiment,
            RunDirectory directory,
            RunRecord record,
            Provenance provenance,
            List<Finding> found,
            Optional<RunMark> from,
            ExperimentListener listener,
            RunListeners listeners) {
        this(
                experiment,
                directory,
                record,
                provenance,
                found,
                from,
                listener,
                listeners,
                CheckpointPlan.of(experiment.definition().training()));
    }

    /**
     * Prepares a run whose checkpoints are due at other times than its definition says; all results are the same.
     *
     * @param due when
     */
    public ExperimentRun(
            Experiment experiment,
            RunDirectory directory,
            RunRecord record,
            Provenance provenance,
            List<Finding> found,
            Optional<RunMark> from,
            ExperimentListener listener,
            RunListeners listeners,
            CheckpointPlan due) {
        this.due = due;
        this.experiment = experiment;
        this.directory = directory;
        this.record = record;
        this.provenance = provenance;
        this.listener = listener;
        this.listeners = listeners;
        findingsFile = new FindingsFile(directory);
        findings.addAll(found);
        this.from = from;
        from.ifPresent(mark -> bestStep = mark.bestStep());
        training = experiment.definition().training();
        restoreBest = training.earlyStopping()
                .map(Definition.EarlyStopping::restoreBest)
                .orElse(false);
    }

    /**
     * Trains and evaluates. The record is left running: who called knows
     * the exit status to finish it with.
     *
     * @throws IOException if the run directory cannot be written
     */
    public ExperimentResult execute() throws IOException {
        writeFindings();
        listener.started(experiment, directory);
        Map<String, Double> metrics = new LinkedHashMap<>();

        begin();
        Trainer.Outcome outcome = train();
        metrics.put("initial_loss", outcome.initialLoss());
        if (outcome.nonFinite().isPresent()) {
            report(outcome.nonFinite().get(), outcome.step());
        }
        if (!epochs.isEmpty()) {
            MetricLog.Row judged = restoreBest ? epochs.get(outcome.bestEpoch() - 1) : epochs.get(epochs.size() - 1);
            putIfNumber(metrics, "train_loss", judged.trainLoss().orElse(Double.NaN));
            putIfNumber(metrics, "train_accuracy", judged.trainAccuracy().orElse(Double.NaN));
            putIfNumber(metrics, "validation_loss", judged.validationLoss().orElse(Double.NaN));
            putIfNumber(
                    metrics, "validation_accuracy", judged.validationAccuracy().orElse(Double.NaN));
            metrics.put("epochs", (double) epochs.size());
            metrics.put("best_epoch", (double) outcome.bestEpoch());
        }
        record.metrics(metrics);
        if (outcome.end() != Trainer.End.COMPLETED && outcome.end() != Trainer.End.EARLY_STOPPED) {
            return new ExperimentResult(outcome.end(), metrics, findings);
        }
        record.end();

        if (experiment.splits().test().isPresent() || experiment.regions().isPresent()) {
            phase = "evaluate";
            begin();
            Optional<Evaluation> test = evaluate();
            if (test.isPresent()) {
                putIfNumber(metrics, "test_loss", test.get().loss());
                putIfNumber(metrics, "test_accuracy", test.get().accuracy());
                record.metrics(metrics);
                if (!Double.isFinite(test.get().loss())) {
                    NonFinite nonFinite =
                            experiment.trainer().trace("test_loss", test.get().loss(), null, 0);
                    report(nonFinite, outcome.step());
                    return new ExperimentResult(Trainer.End.NON_FINITE, metrics, findings);
                }
            }
            record.end();
        }
        return new ExperimentResult(outcome.end(), metrics, findings);
    }

    private void begin() throws IOException {
        record.begin(phase);
        listeners.stage(phase);
    }

    private Trainer.Outcome train() throws IOException {
        try (MetricLog metricLog = openMetricLog();
                TimingLog timingLog = openTimingLog();
                HistoryLog historyLog = openHistoryLog()) {
            epochs = metricLog.rows();
            CheckpointStore checkpoints = CheckpointStore.open(directory, training.keep());
            epochs.forEach(row -> experiment.monitoring().retell(statistics(row)));
            findings.forEach(experiment.monitoring()::toldBefore);
            TrainingProgress progress = experiment.trainer().progress();
            HistoryRecorder history = new HistoryRecorder(
                    historyLog,
                    experiment.network(),
                    experiment.definition().monitors().interval(),
                    progress.step(),
                    progress.epochs(),
                    progress.stepsPerEpoch());
            Trainer.Outcome outcome =
                    experiment.trainer().train(new Recorder(metricLog, timingLog, history, checkpoints));
            boolean cut = outcome.end() == Trainer.End.STOPPED || outcome.end() == Trainer.End.HALTED;
            if (cut && outcome.step() > 0) {
                save(checkpoints, metricLog);
            }
            if (restoreBest && outcome.bestEpoch() > 0 && outcome.bestEpoch() < epochs.size()) {
                experiment.restore(checkpoints.load(bestStep));
            }
            return outcome;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Puts on disk what training comes to. */
    private final class Recorder implements TrainingListener {
        private final MetricLog metricLog;
        private final TimingLog timingLog;
        private final HistoryRecorder history;
        private final CheckpointStore checkpoints;

        Recorder(MetricLog metricLog, TimingLog timingLog, HistoryRecorder history, CheckpointStore checkpoints) {
            this.metricLog = metricLog;
            this.timingLog = timingLog;
            this.history = history;
            this.checkpoints = checkpoints;
        }

        @Override
        public void epochFinished(EpochReport report, boolean best, boolean last) {
            try {
                metricLog.append(row(report));
                timingLog.append(report.epoch(), report.seconds(), report.samplesPerSecond());
                history.evaluated(report.statistics(), rowsInMemory(), last);
                if (best) {
                    bestStep = report.step();
                }
                if (last || best && restoreBest || due.dueAfter(report.epoch(), report.step())) {
                    save(checkpoints, metricLog);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listener.epochFinished(report, best);
            listeners.evaluated(report.statistics());
        }

        @Override
        public void stepped(long step, double loss, double penalty, double learningRate, double seconds) {
            listeners.stepped(step, loss, penalty, learningRate, seconds);
        }

        @Override
        public void between(long step) {
            if (due.dueBetween(step)) {
                try {
                    save(checkpoints, metricLog);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public void sampled(StepStatistics statistics) {
            try {
                history.sampled(statistics);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listeners.sampled(statistics);
        }

        @Override
        public void untrained(StepStatistics statistics, int rows) {
            try {
                history.untrained(statistics, rows);
                save(checkpoints, metricLog);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listeners.sampled(statistics);
        }

        @Override
        public void found(Finding finding) {
            try {
                add(finding);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listener.found(finding);
        }
    }

    private void save(CheckpointStore checkpoints, MetricLog metricLog) throws IOException {
        experiment.network().activity().rest();
        PhaseClock clock = experiment.trainer().clock();
        clock.enter(PhaseClock.Phase.CHECKPOINT);
        checkpoints.save(experiment.checkpoint(metadata(metricLog.mark())), bestStep);
        clock.leave();
        due.saved();
        long step = experiment.trainer().progress().step();
        listeners.saved(step);
        listener.saved(step);
    }

    private MetricLog openMetricLog() throws IOException {
        return from.isPresent() ? MetricLog.resume(directory, from.get().log()) : MetricLog.create(directory);
    }

    private TimingLog openTimingLog() throws IOException {
        return from.isPresent()
                ? TimingLog.resume(directory, experiment.trainer().state().epochs())
                : TimingLog.create(directory);
    }

    private HistoryLog openHistoryLog() throws IOException {
        return from.isPresent()
                ? HistoryLog.resume(directory, experiment.trainer().state().step())
                : HistoryLog.create(directory);
    }

    /** Returns how many rows of the layers' memory hold outputs after an epoch: of its evaluation, or its last batches. */
    private int rowsInMemory() {
        return experiment
                .splits()
                .validation()
                .map(rows ->
                        Math.min(rows.rows(), experiment.network().variables().capacity()))
                .orElse(training.batchSize());
    }

    private static MetricLog.Row row(EpochReport report) {
        return new MetricLog.Row(
                report.epoch(),
                report.step(),
                report.learningRate(),
                number(report.trainLoss()),
                number(report.trainAccuracy()),
                number(report.metric("validation_loss")),
                number(report.metric("validation_accuracy")));
    }

    private static Monitor.EpochStatistics statistics(MetricLog.Row row) {
        return new Monitor.EpochStatistics(
                row.epoch(),
                row.step(),
                row.learningRate(),
                row.trainLoss().orElse(Double.NaN),
                row.trainAccuracy().orElse(Double.NaN),
                row.validationLoss().orElse(Double.NaN),
                row.validationAccuracy().orElse(Double.NaN));
    }

    private static OptionalDouble number(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private Map<String, String> metadata(MetricLog.Mark log) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("seed", Long.toString(experiment.definition().seed()));
        metadata.put("optimizer", experiment.definition().optimizer().name());
        metadata.putAll(DecisiveProvenance.metadata(provenance));
        new RunMark(bestStep, log).addTo(metadata);
        return metadata;
    }

    /** Evaluates the test rows, if there are any, and writes what the network answers and looks for. */
    private Optional<Evaluation> evaluate() throws IOException {
        JsonObject json = new JsonObject();
        PhaseClock clock = experiment.trainer().clock();
        clock.enter(PhaseClock.Phase.EVALUATE);
        Optional<Evaluation> evaluation;
        try {
            evaluation = experiment.splits().test().map(rows -> test(rows, json));
            experiment.regions().ifPresent(regions -> addRegions(regions, json));
        } finally {
            clock.leave();
        }
        Picture.filters(experiment.network()).ifPresent(filters -> json.add("filters", filters));
        AtomicFile.write(directory.storage(), directory.files().evaluation(), json + "\n");
        return evaluation;
    }

    private Evaluation test(Dataset rows, JsonObject json) {
        Answers answers = new Answers("test", rows);
        try {
            Evaluation evaluation = experiment.evaluator().evaluate(rows, answers);
            answers.addTo(json);
            return evaluation;
        } catch (Throwable e) {
            throw PluginException.in("evaluation on the test split", e);
        }
    }

    private void addRegions(Regions regions, JsonObject json) {
        float[] predictions;
        try {
            predictions = experiment.predict(regions.grid());
        } catch (Throwable e) {
            throw PluginException.in("evaluation of the plane that the rows lie in", e);
        }
        regions.json(predictions).ifPresent(found -> {
            json.add("classes", Answers.names(experiment.splits().train()));
            json.add("regions", found);
        });
    }

    /**
     * Records that the run makes no progress, while it still is under way. Any thread.
     *
     * @param seconds in which there was none
     * @param place where the run was found
     * @return what it is recorded as
     * @throws IOException if the run directory cannot be written
     */
    public Finding stalled(double seconds, Whereabouts.Place place) throws IOException {
        double limit =
                experiment.definition().monitors().stalled().orElseThrow().seconds();
        String who = place.plugin() == null ? "" : "plugin " + place.plugin() + " is at work, ";
        String advice = place.plugin() == null ? "" : ", or leave plugin " + place.plugin() + " out";
        Finding finding = new Finding(
                "stalled",
                Finding.Severity.FAIL,
                phase,
                place.subject(),
                seconds,
                "> " + limit + " s",
                String.format(Locale.ROOT, "nothing was finished for %.1f s; %sin %s", seconds, who, place.where()),
                "if a step takes that long, raise monitors.stalled.seconds; otherwise look for a loop without end"
                        + advice,
                "Amazon SageMaker Debugger, rule StalledTraining");
        add(finding);
        return finding;
    }

    private void add(Finding finding) throws IOException {
        synchronized (findings) {
            findings.add(finding);
            writeFindings();
        }
        listeners.found(finding);
    }

    private void writeFindings() throws IOException {
        findingsFile.write(findings);
        record.findings(findings);
    }

    private void report(NonFinite nonFinite, long step) throws IOException {
        Finding finding = new Finding(
                "non_finite",
                Finding.Severity.FAIL,
                phase,
                nonFinite.subject(),
                nonFinite.value(),
                "finite",
                nonFinite.message(step),
                "most often the learning rate is too high: try a tenth of optimizer.learning_rate, or training.clip_norm: 5",
                "CS231n lecture 6, babysitting the learning process");
        add(finding);
        listener.found(finding);
    }

    private static void putIfNumber(Map<String, Double> metrics, String name, double value) {
        if (!Double.isNaN(value)) {
            metrics.put(name, value);
        }
    }
}

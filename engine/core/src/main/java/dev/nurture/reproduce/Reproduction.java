package dev.nurture.reproduce;

import dev.nurture.config.Definition;
import dev.nurture.observe.RunListeners;
import dev.nurture.run.Checkpoint;
import dev.nurture.run.CheckpointException;
import dev.nurture.run.CheckpointFolder;
import dev.nurture.run.Provenance;
import dev.nurture.run.RunDirectory;
import dev.nurture.run.RunRecord;
import dev.nurture.run.Status;
import dev.nurture.spi.Finding;
import dev.nurture.train.CheckpointPlan;
import dev.nurture.train.EpochReport;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentListener;
import dev.nurture.train.ExperimentResult;
import dev.nurture.train.ExperimentRun;
import dev.nurture.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a run again, as far as it went, and compares as it goes: each row of the metric log, and each checkpoint that the
 * run has kept. Ends as soon as it is known in which epoch and in which tensor the two differ. Used once.
 */
public final class Reproduction {
    private static final String NO_ROW = "no row";

    private final RecordedRun run;
    private final Experiment experiment;
    private final RunDirectory directory;
    private final boolean finished;
    private final long end;
    private final List<Long> compared = new ArrayList<>();
    private int epochs;
    private int tensors;
    private Optional<Difference> row = Optional.empty();
    private Optional<Difference> checkpoint = Optional.empty();
    private Optional<Difference> result = Optional.empty();
    private boolean done;

    /**
     * Prepares to train again.
     *
     * @param run to compare with
     * @param experiment fresh, of the run's definition
     * @param directory for the run that is made now
     */
    public Reproduction(RecordedRun run, Experiment experiment, RunDirectory directory) {
        this.run = run;
        this.experiment = experiment;
        this.directory = directory;
        finished = run.summary().status() == Status.SUCCEEDED;
        end = run.end(experiment.trainer().progress().stepsPerEpoch());
    }

    /**
     * Trains and compares.
     *
     * @param made what the experiment is made with
     * @throws IOException if the one cannot be read or the other not be written
     */
    public Comparison execute(Provenance made) throws IOException {
        Definition definition = experiment.definition();
        RunRecord record = new RunRecord(directory, definition.name(), definition.seed());
        record.provenance(made);
        RunListeners nobody = new RunListeners(List.of(), experiment.network().activity(), warning -> {});
        ExperimentRun again = new ExperimentRun(
                experiment,
                directory,
                record,
                made,
                List.of(),
                Optional.empty(),
                new Comparing(),
                nobody,
                CheckpointPlan.after(run.steps()));
        ExperimentResult came = again.execute();
        boolean stopped = came.end() == Trainer.End.STOPPED;
        boolean interrupted = stopped && !done;
        if (!interrupted && same()) {
            compareEnds(came.metrics());
        }
        String cause = stopped ? "what was to be compared has been" : null;
        record.finish(stopped ? Status.INTERRUPTED : Status.SUCCEEDED, 0, interrupted ? "interrupted" : cause);
        return new Comparison(epochs, compared, tensors, row, checkpoint, result, interrupted);
    }

    private boolean same() {
        return row.isEmpty() && checkpoint.isEmpty();
    }

    /** Compares what only the whole runs show: how many epochs there were, which checkpoints, and the last figures. */
    private void compareEnds(Map<String, Double> metrics) {
        if (epochs < run.rows().size()) {
            row = Optional.of(new Difference(
                    epochs + 1, rowName(epochs + 1), null, run.rows().get(epochs), NO_ROW));
            return;
        }
        for (long step : run.steps()) {
            if (!compared.contains(step)) {
                String file = run.checkpoints().file(step).getFileName().toString();
                checkpoint = Optional.of(new Difference(epoch(step), file, null, "there", "never reached"));
                return;
            }
        }
        if (finished) {
            for (Map.Entry<String, Double> metric : run.summary().metrics().entrySet()) {
                double is = metrics.getOrDefault(metric.getKey(), Double.NaN);
                if (Double.compare(metric.getValue(), is) != 0) {
                    String was = metric.getValue().toString();
                    result = Optional.of(new Difference(0, "run.json", metric.getKey(), was, Double.toString(is)));
                    return;
                }
            }
        }
    }

    private static String rowName(int epoch) {
        return "metrics.csv, epoch " + epoch;
    }

    /** Returns the epoch that a step belongs to. */
    private int epoch(long step) {
        long stepsPerEpoch = experiment.trainer().progress().stepsPerEpoch();
        return (int) Math.max(1, (step + stepsPerEpoch - 1) / stepsPerEpoch);
    }

    /** Compares while it trains. */
    private final class Comparing implements ExperimentListener {
        @Override
        public void started(Experiment experiment, RunDirectory directory) {}

        @Override
        public void epochFinished(EpochReport report, boolean best) {
            try {
                compareRow(report.epoch());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            endWhereAllIsKnown(report.step());
        }

        @Override
        public void saved(long step) throws IOException {
            if (run.steps().contains(step) && !compared.contains(step) && checkpoint.isEmpty()) {
                compareCheckpoint(step);
            }
            endWhereAllIsKnown(step);
        }

        @Override
        public void found(Finding finding) {}
    }

    private void compareRow(int epoch) throws IOException {
        List<String> lines =
                RecordedRun.wholeLines(directory.storage(), directory.files().metrics());
        String is = lines.get(epoch);
        if (epoch > run.rows().size()) {
            if (finished && row.isEmpty()) {
                row = Optional.of(new Difference(epoch, rowName(epoch), null, NO_ROW, is));
            }
            return;
        }
        epochs = epoch;
        String was = run.rows().get(epoch - 1);
        if (row.isEmpty() && !was.equals(is)) {
            row = Optional.of(firstCell(epoch, was, is));
        }
    }

    private Difference firstCell(int epoch, String was, String is) {
        String[] before = was.split(",", -1);
        String[] now = is.split(",", -1);
        for (int i = 0; before.length == now.length && i < now.length; i++) {
            if (!before[i].equals(now[i])) {
                String column = i < run.columns().size() ? run.columns().get(i) : "cell " + (i + 1);
                return new Difference(epoch, rowName(epoch), column, before[i], now[i]);
            }
        }
        return new Difference(epoch, rowName(epoch), null, was, is);
    }

    private void compareCheckpoint(long step) throws IOException {
        Checkpoint is =
                new CheckpointFolder(directory.storage(), directory.files().checkpoints()).load(step);
        String file = run.checkpoints().file(step).getFileName().toString();
        compared.add(step);
        tensors += is.tensors().size();
        try {
            checkpoint = CheckpointComparison.first(run.checkpoints().load(step), is, epoch(step), file);
        } catch (CheckpointException e) {
            checkpoint =
                    Optional.of(new Difference(epoch(step), file, null, "not valid (" + e.problem() + ")", "valid"));
        }
    }

    /** Asks to stop where the run has come to, and where the first tensor is found, or no other checkpoint can show it. */
    private void endWhereAllIsKnown(long step) {
        boolean found = checkpoint.isPresent()
                || row.isPresent() && run.steps().stream().noneMatch(later -> later > step);
        if (found || !finished && step >= end) {
            done = true;
            experiment.trainer().requestStop();
        }
    }
}

package dev.nurture.cli;

import dev.nurture.run.RunDirectory;
import dev.nurture.spi.Finding;
import dev.nurture.train.EpochReport;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentListener;
import dev.nurture.train.TrainingProgress;

/** Shows a run while it goes on: its report, and how far it has come. */
final class RunDisplay implements ExperimentListener, AutoCloseable {
    /** The ways of showing progress, spelled as on the command line. */
    enum Progress {
        auto,
        plain,
        none
    }

    private final Console console;
    private final RunReport report;
    private final Progress progress;
    private ProgressLine line;

    RunDisplay(Console console, RunReport report, Progress progress) {
        this.console = console;
        this.report = report;
        this.progress = progress;
    }

    @Override
    public synchronized void started(Experiment experiment, RunDirectory directory) {
        report.started(experiment, directory);
        if (progress != Progress.none) {
            TrainingProgress training = experiment.trainer().progress();
            int batchSize = experiment.definition().training().batchSize();
            line = new ProgressLine(console, training, batchSize, progress == Progress.plain);
        }
    }

    @Override
    public void epochFinished(EpochReport epoch, boolean best) {
        report.epochFinished(epoch, best);
    }

    @Override
    public void found(Finding finding) {
        report.found(finding);
    }

    /** Takes the progress away; the report stays. */
    @Override
    public synchronized void close() {
        if (line != null) {
            line.close();
            line = null;
        }
    }
}

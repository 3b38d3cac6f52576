package dev.nurture.cli;

import dev.nurture.train.EpochReport;
import dev.nurture.train.Evaluation;
import java.util.Locale;

/** Prints training as a table, a row an epoch; of very many epochs every so-manieth and the last. */
final class EpochTable {
    private static final String FORM = "%5s %9s %13s %11s %9s %11s %9s %10s";

    /** More rows than this nobody reads; all of them are in the run's metrics.csv. */
    private static final int MOST_ROWS = 100;

    private final Console console;
    private int epochs;
    private int interval;

    EpochTable(Console console) {
        this.console = console;
    }

    /** Prints the heads of the columns. */
    void header(int epochs) {
        this.epochs = epochs;
        interval = (epochs + MOST_ROWS - 1) / MOST_ROWS;
        console.result(String.format(
                Locale.ROOT,
                FORM,
                "epoch",
                "step",
                "learning rate",
                "train loss",
                "accuracy",
                "validation",
                "accuracy",
                "samples/s"));
    }

    /** Prints an epoch; an asterisk marks the best so far. */
    void row(EpochReport report, boolean best) {
        if (report.epoch() != 1 && report.epoch() != epochs && report.epoch() % interval != 0) {
            return;
        }
        double validationLoss = report.validation().map(Evaluation::loss).orElse(Double.NaN);
        double validationAccuracy =
                report.validation().map(Evaluation::accuracy).orElse(Double.NaN);
        console.result(String.format(
                        Locale.ROOT,
                        FORM,
                        report.epoch(),
                        report.step(),
                        String.format(Locale.ROOT, "%.3e", report.learningRate()),
                        Figures.loss(report.trainLoss()),
                        Figures.accuracy(report.trainAccuracy()),
                        Figures.loss(validationLoss),
                        Figures.accuracy(validationAccuracy),
                        Figures.count(report.samplesPerSecond()))
                + (best ? " *" : ""));
    }
}

package dev.nurture.cli;

import dev.nurture.train.EpochReport;
import dev.nurture.train.Evaluation;
import java.util.Locale;

/** Prints training as a table, a row an epoch. */
final class EpochTable {
    private static final String FORM = "%5s %9s %13s %11s %9s %11s %9s %10s";

    private final Console console;

    EpochTable(Console console) {
        this.console = console;
    }

    void header() {
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

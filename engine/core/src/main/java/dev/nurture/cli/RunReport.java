package dev.nurture.cli;

import dev.nurture.compute.BlasLibrary;
import dev.nurture.config.Definition;
import dev.nurture.model.Network;
import dev.nurture.run.RunDirectory;
import dev.nurture.spi.Dataset;
import dev.nurture.spi.Finding;
import dev.nurture.train.DataSplits;
import dev.nurture.train.EpochReport;
import dev.nurture.train.Experiment;
import dev.nurture.train.ExperimentResult;
import dev.nurture.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints a run: what it is made of, a row an epoch, what came of it. */
final class RunReport {
    private final Console console;
    private final boolean silent;
    private final BlasLibrary blas;
    private final EpochTable table;
    private final FindingList findings;
    private final long start = System.nanoTime();

    /**
     * Prepares to print.
     *
     * @param silent whether to print nothing, because the result is wanted in another form
     */
    RunReport(Console console, boolean silent, BlasLibrary blas) {
        this.console = console;
        this.silent = silent;
        this.blas = blas;
        this.table = new EpochTable(console);
        findings = new FindingList(console);
    }

    void started(Experiment experiment, RunDirectory directory) {
        if (silent) {
            return;
        }
        Definition definition = experiment.definition();
        line("experiment", definition.name() + ", seed " + definition.seed());
        line("run", directory.files().folder().toString());
        resumed(experiment.trainer());
        line("data", data(definition, experiment.splits()));
        String label = "model";
        for (Network.Stage stage : experiment.network().stages()) {
            line(label, String.format(Locale.ROOT, "%-26s %s → %s", stage.name(), stage.input(), stage.output()));
            label = "";
        }
        line("", Figures.count(experiment.network().variables().parameterCount()) + " parameters");
        line(
                "compute",
                blas.description() + "; " + experiment.threads()
                        + (experiment.threads() == 1 ? " worker" : " workers"));
        console.result("");
        table.header(definition.training().epochs());
    }

    private void resumed(Trainer trainer) {
        Trainer.State state = trainer.state();
        if (state.step() > 0) {
            String where = state.cursor() == 0
                    ? "epoch " + state.epochs()
                    : "batch " + state.cursor() + " of " + trainer.progress().stepsPerEpoch() + " of epoch "
                            + (state.epochs() + 1);
            line("resumed", "after step " + state.step() + ", " + where);
        }
    }

    private static String data(Definition definition, DataSplits splits) {
        List<String> rows = new ArrayList<>();
        rows.add(Figures.count(splits.train().rows()) + " to train");
        splits.validation().map(Dataset::rows).ifPresent(n -> rows.add(Figures.count(n) + " to validate"));
        splits.test().map(Dataset::rows).ifPresent(n -> rows.add(Figures.count(n) + " to test"));
        return definition.data().source().name() + ", " + String.join(", ", rows) + "; rows of "
                + splits.train().shape() + ", " + splits.train().width()
                + (splits.train().classification() ? " classes" : " targets");
    }

    void epochFinished(EpochReport report, boolean best) {
        if (!silent) {
            table.row(report, best);
        }
    }

    void finished(ExperimentResult result, RunDirectory directory) {
        if (!silent) {
            summary(result, directory);
        }
        result.unmet().forEach(sentence -> console.error("expectation not met: " + sentence));
    }

    /** Prints why there was no training. */
    void refused(List<Finding> findings, RunDirectory directory) {
        this.findings.asMessages(findings);
        if (!silent) {
            line("written", directory.files().folder().toString());
        }
    }

    /** Prints findings, whatever else is printed. */
    void found(List<Finding> all) {
        findings.asMessages(all);
    }

    /** Prints a finding, whatever else is printed. */
    void found(Finding finding) {
        findings.asMessage(finding);
    }

    private void summary(ExperimentResult result, RunDirectory directory) {
        console.result("");
        switch (result.end()) {
            case EARLY_STOPPED -> line("stopped", "early: no improvement within the patience");
            case STOPPED -> line("stopped", "interrupted");
            case HALTED -> line("stopped", "by a monitor; the checkpoint is that of the last step");
            case NON_FINITE -> line("stopped", "the network is not finite any more");
            case COMPLETED -> {}
        }
        result.metrics().forEach((name, value) -> {
            if (name.startsWith("test_") || name.equals("best_epoch")) {
                line(name.replace('_', ' '), figure(name, value));
            }
        });
        line("time", Figures.time((System.nanoTime() - start) / 1e9));
        line("written", directory.files().folder().toString());
    }

    private static String figure(String name, double value) {
        return name.endsWith("accuracy")
                ? Figures.accuracy(value)
                : name.endsWith("loss") ? Figures.loss(value) : Figures.count(value);
    }

    private void line(String label, String text) {
        console.result(String.format(Locale.ROOT, "%-14s%s", label, text));
    }
}

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
        console.result("experiment", definition.name() + ", seed " + definition.seed());
        console.result("run", directory.files().folder().toString());
        resumed(experiment.trainer());
        console.result("data", data(definition, experiment.splits()));
        String label = "model";
        for (Network.Stage stage : experiment.network().stages()) {
            console.result(
                    label, String.format(Locale.ROOT, "%-26s %s → %s", stage.name(), stage.input(), stage.output()));
            label = "";
        }
        console.result("", Figures.count(experiment.network().variables().parameterCount()) + " parameters");
        console.result(
                "compute",
                blas.description() + "; " + experiment.threads()
                        + (experiment.threads() == 1 ? " worker" : " workers"));
        if (definition.training().epochs() > 0) {
            console.result("");
            table.header(definition.training().epochs());
        }
    }

    private void resumed(Trainer trainer) {
        Trainer.State state = trainer.state();
        if (state.step() > 0) {
            String where = state.cursor() == 0
                    ? "epoch " + state.epochs()
                    : "batch " + state.cursor() + " of " + trainer.progress().stepsPerEpoch() + " of epoch "
                            + (state.epochs() + 1);
            console.result("resumed", "after step " + state.step() + ", " + where);
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

    /** @param unmet a sentence for each expectation that was not met */
    void finished(ExperimentResult result, List<String> unmet, RunDirectory directory) {
        if (!silent) {
            summary(result, directory);
        }
        unmet.forEach(sentence -> console.error("expectation not met: " + sentence));
    }

    /** Prints why there was no training. */
    void refused(List<Finding> findings, RunDirectory directory) {
        this.findings.asMessages(findings);
        if (!silent) {
            console.result("written", directory.files().folder().toString());
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
            case EARLY_STOPPED -> console.result("stopped", "early: no improvement within the patience");
            case STOPPED -> console.result("stopped", "interrupted");
            case HALTED -> console.result("stopped", "by a monitor; the checkpoint is that of the last step");
            case NON_FINITE -> console.result("stopped", "the network is not finite any more");
            case COMPLETED -> {}
        }
        result.metrics().forEach((name, value) -> {
            boolean untrained = name.equals("initial_loss") && result.metrics().get("epochs") == null;
            if (untrained || name.startsWith("test_") || name.equals("best_epoch")) {
                console.result(name.replace('_', ' '), Figures.metric(name, value));
            }
        });
        console.result("time", Figures.time((System.nanoTime() - start) / 1e9));
        console.result("written", directory.files().folder().toString());
    }
}

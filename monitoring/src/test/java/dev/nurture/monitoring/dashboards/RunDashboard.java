package dev.nurture.monitoring.dashboards;

import java.util.List;

/** How far a run has come and what it has learned. */
final class RunDashboard {
    private RunDashboard() {}

    static Dashboard dashboard() {
        return new Dashboard("Run", "How far a run has come and what it has learned.")
                .annotation(
                        "Epoch",
                        true,
                        "rgba(128, 128, 128, 0.4)",
                        "max by (experiment, run) (changes(nurture_train_epoch{*}[$__rate_interval]))",
                        "{{run}} has done an epoch")
                .annotation(
                        "Checkpoint",
                        false,
                        "green",
                        "max by (experiment, run) (changes(nurture_checkpoints_total{*}[$__rate_interval]))",
                        "{{run}} has written a checkpoint")
                .annotation(
                        "Alert",
                        true,
                        "red",
                        "max by (experiment, run, alertname) (ALERTS{*,alertstate='firing'})",
                        "{{run}}: {{alertname}}")
                .row(5, Shared.state().wide(12), progress(), remaining())
                .row(4, epoch(), best(), accuracyNow())
                .row(10, loss(), accuracy())
                .row(8, gap(), learningRate(), penalty())
                .row(8, Shared.findings(), about());
    }

    private static Panel progress() {
        return Panel.bar("Progress", "The share of all steps that is done.")
                .query("max by (experiment, run) (nurture_run_progress_ratio{*})", "{{run}}")
                .unit("percentunit")
                .from(0)
                .to(1)
                .thresholds("blue", 1, "green");
    }

    private static Panel remaining() {
        return Panel.number("Remaining", "The time that is left at the present speed.")
                .query("max by (experiment, run) (nurture_run_eta_seconds{*})", "{{run}}")
                .unit("dthms")
                .none("–")
                .thresholds("text");
    }

    private static Panel epoch() {
        return Panel.number("Epochs", "How many are done.")
                .query("max by (experiment, run) (nurture_train_epoch{*})", "{{run}}")
                .unit("none")
                .decimals(0)
                .thresholds("text");
    }

    private static Panel best() {
        return Panel.number(
                        "Least validation loss",
                        "The best that was reached in the time shown; early stopping goes back to it.")
                .query(
                        "min by (experiment, run) (min_over_time(nurture_loss{*,split='validation'}[$__range]))",
                        "{{run}}")
                .unit("none")
                .decimals(4)
                .none("–")
                .thresholds("text");
    }

    private static Panel accuracyNow() {
        return Panel.number("Validation accuracy", "Of the validation rows after the last epoch.")
                .query("max by (experiment, run) (nurture_accuracy{*,split='validation'})", "{{run}}")
                .unit("percentunit")
                .decimals(2)
                .none("–")
                .thresholds("text");
    }

    private static Panel loss() {
        return Panel.lines(
                        "Loss",
                        "Both curves should fall; validation that rises while train falls is overfitting, and neither"
                                + " falling is a learning rate far too low or far too high.")
                .query("max by (experiment, run) (nurture_loss{*,split='validation'})", "{{run}} validation")
                .query("max by (experiment, run) (nurture_loss{*,split='train'})", "{{run}} train")
                .query("max by (experiment, run) (nurture_loss{*,split='batch'})", "{{run}} batch")
                .faint(2)
                .unit("none")
                .log();
    }

    private static Panel accuracy() {
        return Panel.lines(
                        "Accuracy",
                        "A wide gap between train and validation asks for more regularization or more data, none at all"
                                + " for a larger network.")
                .query("max by (experiment, run) (nurture_accuracy{*,split='validation'})", "{{run}} validation")
                .query("max by (experiment, run) (nurture_accuracy{*,split='train'})", "{{run}} train")
                .unit("percentunit")
                .to(1);
    }

    private static Panel gap() {
        return Panel.lines(
                        "Gap: validation − train loss",
                        "A gap that widens from epoch to epoch is overfitting; below 0 is usual with dropout.")
                .query(
                        "max by (experiment, run) (nurture_loss{*,split='validation'})"
                                + " - max by (experiment, run) (nurture_loss{*,split='train'})",
                        "{{run}}")
                .unit("none")
                .guides(0, "text");
    }

    private static Panel learningRate() {
        return Panel.lines(
                        "Learning rate",
                        "What the schedule makes of it; a loss that steps down with it is as it should be.")
                .query("max by (experiment, run) (nurture_learning_rate{*})", "{{run}}")
                .unit("sci")
                .log();
    }

    private static Panel penalty() {
        return Panel.lines(
                        "Regularization loss",
                        "What the penalties add to the loss; one that outweighs the loss of the data is too strong.")
                .query(Query.orZero(
                        "max by (experiment, run, kind) (nurture_regularization_loss{*})", "{{run}} {{kind}}"))
                .unit("none")
                .from(0);
    }

    private static Panel about() {
        return Panel.table("Runs", "Which runs these are, for finding their folders and for doing them again.")
                .query(
                        "max by (experiment, run, seed, version, blas) (last_over_time(nurture_run_info{*}[$__range]))",
                        "")
                .columns(List.of("experiment", "run", "seed", "version", "blas"), List.of("Value"), "");
    }
}

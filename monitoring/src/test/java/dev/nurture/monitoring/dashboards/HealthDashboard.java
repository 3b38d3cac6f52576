package dev.nurture.monitoring.dashboards;

/** Whether what happens inside a run is as it should be. */
final class HealthDashboard {
    /** Biases and scales may start at 0, where a ratio says nothing. */
    private static final String WEIGHTS = "parameter!~'.*(bias|shift|scale|slope)'";

    private HealthDashboard() {}

    static Dashboard dashboard() {
        return new Dashboard("Health", "Whether what happens inside a run is as it should be.")
                .annotation(
                        "Alert",
                        true,
                        "red",
                        "max by (experiment, run, alertname) (ALERTS{*,alertstate='firing'})",
                        "{{run}}: {{alertname}}")
                .row(5, Shared.state().wide(9), nonfinite(), failed(), warned(), clippedNow(), pluginErrors())
                .row(10, updateRatio(), gradientNorm())
                .row(9, checks(), Shared.findings())
                .row(8, clipped(), found(), penaltyShare());
    }

    private static Panel nonfinite() {
        return Panel.number(
                        "Not finite",
                        "How often a loss, gradient or weight was infinite or no number; anything above 0 ends in"
                                + " nothing learned.")
                .query(Query.orZero("sum by (experiment, run) (nurture_nonfinite_total{*})", "{{run}}"))
                .unit("none")
                .thresholds("green", 1, "red");
    }

    private static Panel failed() {
        return Panel.number("Failed checks", "Checks that say the run cannot learn as it is.")
                .query(
                        "count by (experiment, run) (nurture_check_status{*} == 2)"
                                + " or on (experiment, run) 0 * max by (experiment, run) (nurture_run_info{*})",
                        "{{run}}")
                .unit("none")
                .thresholds("green", 1, "red");
    }

    private static Panel warned() {
        return Panel.number("Warnings", "Checks that found something odd.")
                .query(
                        "count by (experiment, run) (nurture_check_status{*} == 1)"
                                + " or on (experiment, run) 0 * max by (experiment, run) (nurture_run_info{*})",
                        "{{run}}")
                .unit("none")
                .thresholds("green", 1, "orange");
    }

    private static Panel clippedNow() {
        return Panel.number("Clipped steps", "How many gradients were cut to clip_norm since the start.")
                .query(Query.orZero("sum by (experiment, run) (nurture_gradient_clipped_total{*})", "{{run}}"))
                .unit("none")
                .thresholds("text");
    }

    private static Panel pluginErrors() {
        return Panel.number("Plugin errors", "How often a plugin failed; the run's log names the jar.")
                .query(Query.orZero("sum by (experiment, run) (nurture_plugin_errors_total{*})", "{{run}}"))
                .unit("none")
                .thresholds("green", 1, "red");
    }

    private static Panel updateRatio() {
        return Panel.lines(
                        "Update ratio",
                        "How much a step changes a weight against the weight itself: about 0.001 is well; far above it"
                                + " lower the learning rate, far below raise it.")
                .query(
                        "max by (experiment, run, layer, parameter) (nurture_layer_update_ratio{*," + WEIGHTS + "})",
                        "{{run}} {{layer}}.{{parameter}}")
                .unit("sci")
                .log()
                .guides(1e-5, "red", 1e-3, "green", 1e-1, "red");
    }

    private static Panel gradientNorm() {
        return Panel.lines(
                        "Gradient norm",
                        "A leap of a hundred times and more is an exploding gradient, a steady fall to nothing a"
                                + " vanishing one, or a run that has learned all it can.")
                .query("max by (experiment, run, scope) (nurture_gradient_norm{*})", "{{run}} {{scope}}")
                .unit("none")
                .log();
    }

    private static Panel checks() {
        return Panel.states("Checks", "Red says that a run cannot learn as it is, yellow that something is odd.")
                .query("max by (experiment, run, check) (nurture_check_status{*})", "{{run}} {{check}}")
                .thresholds("text")
                .named(0, "pass", "green", 1, "warn", "yellow", 2, "fail", "red");
    }

    private static Panel clipped() {
        return Panel.lines(
                        "Share of clipped steps",
                        "A few are what clipping is for; nearly all means that clip_norm sets the pace, so lower the"
                                + " learning rate or raise clip_norm.")
                .query(Query.orZero(
                        "sum by (experiment, run) (rate(nurture_gradient_clipped_total{*}[$__rate_interval]))"
                                + " / sum by (experiment, run) (rate(nurture_train_steps_total{*}[$__rate_interval]))",
                        "{{run}}"))
                .unit("percentunit")
                .from(0)
                .to(1);
    }

    private static Panel found() {
        return Panel.lines("Findings so far", "When something was found; the table above says what.")
                .query(Query.orZero(
                        "sum by (experiment, run, severity) (nurture_findings_total{*})", "{{run}} {{severity}}"))
                .unit("none")
                .decimals(0)
                .from(0)
                .stairs();
    }

    private static Panel penaltyShare() {
        return Panel.lines(
                        "Penalty's share of the loss",
                        "Above a half in the first epochs the penalty is too strong; once little loss is left that is"
                                + " usual.")
                .query(Query.orZero(
                        "sum by (experiment, run) (nurture_regularization_loss{*})"
                                + " / max by (experiment, run) (nurture_loss{*,split='batch'})",
                        "{{run}}"))
                .unit("percentunit")
                .from(0)
                .guides(0.5, "orange");
    }
}

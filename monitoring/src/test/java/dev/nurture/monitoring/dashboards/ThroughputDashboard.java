package dev.nurture.monitoring.dashboards;

/** How fast a run goes and where its time goes. */
final class ThroughputDashboard {
    private ThroughputDashboard() {}

    static Dashboard dashboard() {
        return new Dashboard("Throughput", "How fast a run goes and where its time goes.")
                .row(5, samplesNow(), stepNow(), stepsDone(), parameters(), dataShare(), blasNow())
                .row(9, samples(), stepTime())
                .row(9, phases(), blasSpeed())
                .row(8, blasShare(), blasCalls(), sizeOfCalls());
    }

    private static Panel samplesNow() {
        return Panel.number("Speed", "Samples per second at present.")
                .query(rate("nurture_train_samples_total{*}"), "{{run}}")
                .unit("short")
                .none("–")
                .thresholds("text");
    }

    private static Panel stepNow() {
        return Panel.number("Mean step", "The time of a step, over the last moments.")
                .query(rate("nurture_step_seconds_sum{*}") + " / " + rate("nurture_step_seconds_count{*}"), "{{run}}")
                .unit("s")
                .none("–")
                .thresholds("text");
    }

    private static Panel stepsDone() {
        return Panel.number("Steps", "How many are done.")
                .query("max by (experiment, run) (nurture_train_steps_total{*})", "{{run}}")
                .unit("short")
                .thresholds("text");
    }

    private static Panel parameters() {
        return Panel.number("Parameters", "How many numbers the network learns.")
                .query("max by (experiment, run) (nurture_train_parameters{*})", "{{run}}")
                .unit("short")
                .thresholds("text");
    }

    private static Panel dataShare() {
        return Panel.number(
                        "Data's share of the time",
                        "Above a tenth the run waits for its data: augmentation or reading is too slow.")
                .query(
                        rate("nurture_phase_seconds_total{*,phase='data'}") + " / "
                                + rate("nurture_phase_seconds_total{*}"),
                        "{{run}}")
                .unit("percentunit")
                .none("–")
                .thresholds("green", 0.1, "orange", 0.3, "red");
    }

    private static Panel blasNow() {
        return Panel.number(
                        "BLAS while it works",
                        "The speed within calls, one thread; far below the others' of the same machine is a BLAS that is"
                                + " not native, or a busy machine.")
                .query(rate("nurture_blas_flops_total{*}") + " / " + rate("nurture_blas_seconds_total{*}"), "{{run}}")
                .unit("flops")
                .none("–")
                .thresholds("text");
    }

    private static Panel samples() {
        return Panel.lines(
                        "Samples per second",
                        "Level but for the dips of evaluation; a lasting drop is a machine that others use too.")
                .query(rate("nurture_train_samples_total{*}"), "{{run}}")
                .unit("short")
                .from(0);
    }

    private static Panel stepTime() {
        return Panel.lines(
                        "Time of a step",
                        "Half of the steps are faster than p50; a p95 far above it is garbage collection or a busy"
                                + " machine.")
                .query(quantile(0.5), "{{run}} p50")
                .query(quantile(0.95), "{{run}} p95")
                .unit("s")
                .from(0);
    }

    private static Panel phases() {
        return Panel.lines(
                        "Where the time goes",
                        "Seconds a second in each phase: forward and backward should make up nearly all of it.")
                .query(
                        "sum by (experiment, run, phase) (rate(nurture_phase_seconds_total{*}[$__rate_interval]))",
                        "{{run}} {{phase}}")
                .unit("percentunit")
                .from(0)
                .stacked();
    }

    private static Panel blasSpeed() {
        return Panel.lines(
                        "BLAS operations per second",
                        "Counted over all of the time; near to the machine's peak there is nothing to be gained.")
                .query(
                        "sum by (experiment, run, operation) (rate(nurture_blas_flops_total{*}[$__rate_interval]))",
                        "{{run}} {{operation}}")
                .unit("flops")
                .from(0);
    }

    private static Panel blasShare() {
        return Panel.lines(
                        "BLAS's share of the steps",
                        "Seconds in BLAS against seconds of steps; with n threads it may reach n, and a low share means"
                                + " that the time goes into other loops.")
                .query(rate("nurture_blas_seconds_total{*}") + " / " + rate("nurture_step_seconds_sum{*}"), "{{run}}")
                .unit("percentunit")
                .from(0);
    }

    private static Panel blasCalls() {
        return Panel.lines("BLAS calls per second", "Very many calls of little work each ask for larger batches.")
                .query(
                        "sum by (experiment, run, operation) (rate(nurture_blas_calls_total{*}[$__rate_interval]))",
                        "{{run}} {{operation}}")
                .unit("short")
                .from(0);
    }

    private static Panel sizeOfCalls() {
        return Panel.lines("Operations in a BLAS call", "Below some 100 thousand the cost of the call itself is felt.")
                .query(rate("nurture_blas_flops_total{*}") + " / " + rate("nurture_blas_calls_total{*}"), "{{run}}")
                .unit("short")
                .from(0);
    }

    private static String rate(String counter) {
        return "sum by (experiment, run) (rate(" + counter + "[$__rate_interval]))";
    }

    private static String quantile(double quantile) {
        return "histogram_quantile(" + quantile
                + ", sum by (experiment, run, le) (rate(nurture_step_seconds_bucket{*}[$__rate_interval])))";
    }
}

package dev.nurture.monitoring.dashboards;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Panels and names that more than one dashboard shows. */
final class Shared {
    /** What a run can be at, in the order in which it goes through them, with the colour of each. */
    private static final List<String> STATES =
            List.of("preparing", "checking", "training", "evaluating", "succeeded", "failed", "interrupted");

    private static final List<String> STATE_COLORS =
            List.of("super-light-blue", "light-blue", "blue", "purple", "green", "red", "orange");

    private Shared() {}

    /** The states of a run have a number each, since a band has one value at a time. */
    static Panel state() {
        String codes = IntStream.range(0, STATES.size())
                .mapToObj(i -> String.format("%d * nurture_run_state{*,state='%s'}", i + 1, STATES.get(i)))
                .collect(Collectors.joining(" or "));
        Object[] names = IntStream.range(0, STATES.size())
                .boxed()
                .flatMap(i -> List.<Object>of(i + 1, STATES.get(i), STATE_COLORS.get(i)).stream())
                .toArray();
        return Panel.states("State", "What each run is at; a band that ends without green, red or orange was killed.")
                .query("max by (experiment, run) (" + codes + ")", "{{run}}")
                .thresholds("text")
                .named(names);
    }

    /** Findings are counted from the start of a run; {@code max_over_time} keeps those of runs that have ended. */
    static Panel findings() {
        return Panel.table(
                        "Findings",
                        "What the check-up and the monitors found; the run's findings.json says what to do about it.")
                .query(Query.orZeroInRange(
                        "max by (experiment, run, severity, fault)"
                                + " (max_over_time(nurture_findings_total{*}[$__range]))",
                        ""))
                .columns(List.of("experiment", "run", "severity", "fault"), List.of(), "times")
                .column("severity", "info", "info", "blue", "warn", "warn", "orange", "fail", "fail", "red")
                .column("times", "0", "none", "green");
    }
}

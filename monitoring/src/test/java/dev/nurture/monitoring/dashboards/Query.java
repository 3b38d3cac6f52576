package dev.nurture.monitoring.dashboards;

import com.google.gson.JsonObject;

/**
 * A question to Prometheus and how its answers are called.
 *
 * @param expr PromQL
 * @param legend a series' name, with labels in double braces
 */
record Query(String expr, String legend) {
    /** The matchers that keep a query to what was chosen above the dashboard. */
    static final String SELECTED = "experiment=~\"$experiment\",run=~\"$run\"";

    /**
     * Returns a query whose text is shorter to read: <code>{*}</code> stands for the matchers of the chosen runs, and
     * strings have single quotes.
     */
    static Query of(String shorthand, String legend) {
        return new Query(expand(shorthand), legend);
    }

    /** Returns a query that gives 0 for a run of which it would give nothing. */
    static Query orZero(String shorthand, String legend) {
        return of(
                "(" + shorthand + ") or on (experiment, run) 0 * max by (experiment, run) (nurture_run_info{*})",
                legend);
    }

    /** The same over all that the dashboard shows, for runs that ended in that time. */
    static Query orZeroInRange(String shorthand, String legend) {
        return of(
                "(" + shorthand + ") or on (experiment, run) 0 * max by (experiment, run)"
                        + " (last_over_time(nurture_run_info{*}[$__range]))",
                legend);
    }

    static String expand(String shorthand) {
        return shorthand.replace('\'', '"').replace("{*", "{" + SELECTED);
    }

    JsonObject lines(String refId) {
        JsonObject json = common(refId);
        json.addProperty("range", true);
        json.addProperty("instant", false);
        json.addProperty("format", "time_series");
        return json;
    }

    JsonObject table(String refId) {
        JsonObject json = common(refId);
        json.addProperty("range", false);
        json.addProperty("instant", true);
        json.addProperty("format", "table");
        return json;
    }

    private JsonObject common(String refId) {
        return Json.object(
                "refId", refId,
                "datasource", Dashboard.datasource(),
                "editorMode", "code",
                "expr", expr,
                "legendFormat", legend);
    }
}

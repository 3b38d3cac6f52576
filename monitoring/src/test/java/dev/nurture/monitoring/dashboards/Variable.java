package dev.nurture.monitoring.dashboards;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What is chosen above a dashboard.
 *
 * @param query where the choices come from; null for the data source itself
 */
record Variable(String name, String label, String query) {
    static final Variable DATASOURCE = new Variable("datasource", "Prometheus", null);
    // Runs are known by what all have: those that are scraped, those that were pushed, and histories read in
    // afterwards.
    static final Variable EXPERIMENT =
            new Variable("experiment", "Experiment", "label_values(nurture_train_steps_total, experiment)");
    static final Variable RUN =
            new Variable("run", "Run", "label_values(nurture_train_steps_total{experiment=~\"$experiment\"}, run)");

    private static final int ON_LOAD = 1;
    private static final int ON_TIME_RANGE = 2;
    private static final int ALPHABETICAL = 1;

    JsonObject json() {
        return query == null ? datasource() : labels();
    }

    private JsonObject datasource() {
        return Json.object(
                "name",
                name,
                "label",
                label,
                "type",
                "datasource",
                "query",
                "prometheus",
                "refresh",
                ON_LOAD,
                "regex",
                "",
                "multi",
                false,
                "includeAll",
                false,
                "hide",
                0);
    }

    private JsonObject labels() {
        return Json.object(
                "name",
                name,
                "label",
                label,
                "type",
                "query",
                "datasource",
                Dashboard.datasource(),
                "query",
                Json.object("qryType", 1, "query", query, "refId", "PrometheusVariableQueryEditor-VariableQuery"),
                "refresh",
                ON_TIME_RANGE,
                "sort",
                ALPHABETICAL,
                "regex",
                "",
                "multi",
                true,
                "includeAll",
                true,
                "allValue",
                ".+",
                "current",
                Json.object("selected", true, "text", List.of("All"), "value", List.of("$__all")),
                "hide",
                0);
    }
}

package dev.nurture.monitoring.dashboards;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page of panels about the chosen runs, in Grafana's classic JSON model. */
final class Dashboard {
    private static final int SCHEMA_VERSION = 42;
    private static final int SHARED_CROSSHAIR = 1;

    private final String name;
    private final String description;
    private final Grid grid = new Grid();
    private final List<JsonObject> annotations = new ArrayList<>();

    /** Makes a page of that name, such as Run, whose file and uid are named after it. */
    Dashboard(String name, String description) {
        this.name = name;
        this.description = description;
    }

    /** Returns the data source that was chosen above the dashboard. */
    static JsonObject datasource() {
        return Json.object("type", "prometheus", "uid", "${" + Variable.DATASOURCE.name() + "}");
    }

    Dashboard row(int height, Panel... panels) {
        grid.row(height, List.of(panels));
        return this;
    }

    /** Marks the times at which a query is above 0. */
    Dashboard annotation(String title, boolean shown, String color, String shorthand, String text) {
        String step = "15s";
        annotations.add(Json.object(
                "name",
                title,
                "enable",
                shown,
                "iconColor",
                color,
                "datasource",
                datasource(),
                "target",
                Json.object("refId", "Anno", "expr", Query.expand(shorthand), "interval", step, "legendFormat", text),
                "titleFormat",
                title,
                "textFormat",
                text,
                "tagKeys",
                "experiment,run",
                "step",
                step,
                "useValueForTime",
                false));
        return this;
    }

    @Override
    public String toString() {
        return name;
    }

    String file() {
        return name.toLowerCase(Locale.ROOT) + ".json";
    }

    JsonObject json() {
        return Json.object(
                "id",
                null,
                "uid",
                "nurture-" + name.toLowerCase(Locale.ROOT),
                "title",
                "Nurture / " + name,
                "description",
                description,
                "tags",
                List.of("nurture"),
                "schemaVersion",
                SCHEMA_VERSION,
                "version",
                1,
                "editable",
                true,
                "graphTooltip",
                SHARED_CROSSHAIR,
                "timezone",
                "browser",
                "time",
                Json.object("from", "now-1h", "to", "now"),
                "refresh",
                "5s",
                "timepicker",
                Json.object("refresh_intervals", List.of("5s", "10s", "30s", "1m", "5m")),
                "links",
                List.of(links()),
                "annotations",
                Json.object("list", annotations),
                "templating",
                Json.object(
                        "list", List.of(Variable.DATASOURCE.json(), Variable.EXPERIMENT.json(), Variable.RUN.json())),
                "panels",
                grid.panels());
    }

    /** Returns links to all of Nurture's dashboards, which keep what was chosen and the time. */
    private static JsonObject links() {
        return Json.object(
                "title",
                "Nurture",
                "type",
                "dashboards",
                "tags",
                List.of("nurture"),
                "asDropdown",
                false,
                "includeVars",
                true,
                "keepTime",
                true,
                "targetBlank",
                false,
                "icon",
                "external link",
                "tooltip",
                "The other dashboards about the same runs");
    }
}

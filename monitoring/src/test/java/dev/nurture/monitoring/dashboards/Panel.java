package dev.nurture.monitoring.dashboards;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** One picture of a dashboard: what it asks, and how the answer is drawn. */
final class Panel {
    private final String type;
    private final String title;
    private final String description;
    private final List<Query> queries = new ArrayList<>();
    private final JsonObject defaults = new JsonObject();
    private final JsonObject custom = new JsonObject();
    private final JsonObject options;
    private final JsonArray overrides = new JsonArray();
    private final JsonArray transformations = new JsonArray();
    private int width;
    private int points;

    private Panel(String type, String title, String description, JsonObject options) {
        this.type = type;
        this.title = title;
        this.description = description;
        this.options = options;
    }

    /** Lines over time. */
    static Panel lines(String title, String description) {
        Panel panel = new Panel("timeseries", title, description, Json.object("legend", legend(), "tooltip", tooltip()))
                .color("palette-classic");
        panel.draw("drawStyle", "line")
                .draw("lineInterpolation", "linear")
                .draw("lineWidth", 1)
                .draw("fillOpacity", 0)
                .draw("showPoints", "auto")
                .draw("pointSize", 4)
                .draw("spanNulls", false);
        return panel;
    }

    /** The last value, large. */
    static Panel number(String title, String description) {
        return new Panel(
                        "stat",
                        title,
                        description,
                        Json.object(
                                "reduceOptions",
                                last(),
                                "orientation",
                                "auto",
                                "textMode",
                                "auto",
                                "colorMode",
                                "value",
                                "graphMode",
                                "none",
                                "justifyMode",
                                "auto",
                                "wideLayout",
                                true,
                                "showPercentChange",
                                false,
                                "percentChangeColorMode",
                                "standard"))
                .color("thresholds");
    }

    /** The last value as a bar. */
    static Panel bar(String title, String description) {
        return new Panel(
                        "bargauge",
                        title,
                        description,
                        Json.object(
                                "reduceOptions",
                                last(),
                                "orientation",
                                "horizontal",
                                "displayMode",
                                "basic",
                                "valueMode",
                                "color",
                                "namePlacement",
                                "auto",
                                "showUnfilled",
                                true,
                                "sizing",
                                "auto",
                                "minVizHeight",
                                16,
                                "minVizWidth",
                                8,
                                "maxVizHeight",
                                300,
                                "legend",
                                Json.object(
                                        "calcs",
                                        List.of(),
                                        "displayMode",
                                        "list",
                                        "placement",
                                        "bottom",
                                        "showLegend",
                                        false)))
                .color("thresholds");
    }

    /** One band a series, whose colour is the state. */
    static Panel states(String title, String description) {
        Panel panel = new Panel(
                        "state-timeline",
                        title,
                        description,
                        Json.object(
                                "mergeValues",
                                true,
                                "showValue",
                                "auto",
                                "alignValue",
                                "left",
                                "rowHeight",
                                0.9,
                                "perPage",
                                20,
                                "legend",
                                hidden(),
                                "tooltip",
                                tooltip()))
                .color("thresholds");
        return panel.draw("fillOpacity", 80).draw("lineWidth", 0);
    }

    /** A heat map of one row a series: the colour is the step between thresholds that the value lies on. */
    static Panel heat(String title, String description) {
        Panel panel = new Panel(
                        "status-history",
                        title,
                        description,
                        Json.object(
                                "showValue",
                                "never",
                                "rowHeight",
                                0.95,
                                "colWidth",
                                1,
                                "perPage",
                                30,
                                "legend",
                                legend(),
                                "tooltip",
                                tooltip()))
                .color("thresholds");
        panel.points = 60;
        return panel.draw("fillOpacity", 90).draw("lineWidth", 0);
    }

    /** One row a series, one column a label. */
    static Panel table(String title, String description) {
        Panel panel = new Panel(
                        "table",
                        title,
                        description,
                        Json.object("showHeader", true, "cellHeight", "sm", "frameIndex", 0))
                .color("thresholds");
        return panel.draw("align", "auto")
                .draw("cellOptions", Json.object("type", "auto"))
                .draw("inspect", false)
                .draw("filterable", true);
    }

    Panel query(Query query) {
        queries.add(query);
        return this;
    }

    Panel query(String shorthand, String legend) {
        return query(Query.of(shorthand, legend));
    }

    /** Sets the width in columns. */
    Panel wide(int columns) {
        width = columns;
        return this;
    }

    Panel unit(String unit) {
        defaults.addProperty("unit", unit);
        return this;
    }

    Panel decimals(int decimals) {
        defaults.addProperty("decimals", decimals);
        return this;
    }

    Panel from(double least) {
        defaults.add("min", Json.object("min", least).get("min"));
        return this;
    }

    Panel to(double greatest) {
        defaults.add("max", Json.object("max", greatest).get("max"));
        return this;
    }

    /** Says what stands where there is no value. */
    Panel none(String text) {
        defaults.addProperty("noValue", text);
        return this;
    }

    /** Draws values of many magnitudes; what is not above 0 is left out. */
    Panel log() {
        return draw("scaleDistribution", Json.object("type", "log", "log", 10));
    }

    /** Holds each value until the next. */
    Panel stairs() {
        return draw("lineInterpolation", "stepAfter");
    }

    Panel stacked() {
        return draw("stacking", Json.object("mode", "normal", "group", "A")).draw("fillOpacity", 60);
    }

    /** Colours values from thresholds on: a color, then value and color by turns. */
    Panel thresholds(String first, Object... valuesAndColors) {
        JsonArray steps = new JsonArray();
        steps.add(Json.object("color", first, "value", null));
        for (int i = 0; i < valuesAndColors.length; i += 2) {
            steps.add(Json.object("color", valuesAndColors[i + 1], "value", valuesAndColors[i]));
        }
        defaults.add("thresholds", Json.object("mode", "absolute", "steps", steps));
        return this;
    }

    /** Draws dashed lines at the thresholds. */
    Panel guides(Object... valuesAndColors) {
        return thresholds("transparent", valuesAndColors).draw("thresholdsStyle", Json.object("mode", "dashed"));
    }

    /** Names values: value, text and color by turns. */
    Panel named(Object... valuesTextsAndColors) {
        defaults.add("mappings", mappings(valuesTextsAndColors));
        return this;
    }

    /** Names and colours the values of a column: value, text and color by turns. */
    Panel column(String column, Object... valuesTextsAndColors) {
        return override(
                column,
                Json.object("id", "mappings", "value", mappings(valuesTextsAndColors)),
                Json.object("id", "custom.cellOptions", "value", Json.object("type", "color-text")));
    }

    /** Draws the series that one of the queries gives, by its place, thinner and paler. */
    Panel faint(int query) {
        JsonArray properties = new JsonArray();
        properties.add(Json.object("id", "custom.lineWidth", "value", 0.5));
        properties.add(Json.object("id", "custom.showPoints", "value", "never"));
        properties.add(Json.object("id", "custom.lineStyle", "value", Json.object("fill", "dot")));
        overrides.add(Json.object(
                "matcher", Json.object("id", "byFrameRefID", "options", refId(query)), "properties", properties));
        return this;
    }

    /** Leaves these columns of a table, in this order and with the last, the value, called so. */
    Panel columns(List<String> labels, List<String> hidden, String value) {
        JsonObject order = new JsonObject();
        labels.forEach(label -> order.addProperty(label, order.size()));
        order.addProperty("Value", order.size());
        JsonObject excluded = new JsonObject();
        excluded.addProperty("Time", true);
        hidden.forEach(name -> excluded.addProperty(name, true));
        transformations.add(Json.object(
                "id",
                "organize",
                "options",
                Json.object(
                        "excludeByName",
                        excluded,
                        "indexByName",
                        order,
                        "renameByName",
                        hidden.contains("Value") ? new JsonObject() : Json.object("Value", value))));
        return this;
    }

    int width() {
        return width;
    }

    JsonObject json(int id, JsonObject place) {
        if (queries.isEmpty()) {
            throw new IllegalStateException("no query: " + this);
        }
        JsonObject json = Json.object(
                "id", id,
                "type", type,
                "title", title,
                "description", description,
                "gridPos", place,
                "datasource", Dashboard.datasource());
        if (points > 0) {
            json.addProperty("maxDataPoints", points);
        }
        JsonObject config = defaults.deepCopy();
        if (custom.size() > 0) {
            config.add("custom", custom);
        }
        json.add("fieldConfig", Json.object("defaults", config, "overrides", overrides));
        json.add("options", options);
        JsonArray targets = new JsonArray();
        for (Query query : queries) {
            String refId = refId(targets.size());
            targets.add(type.equals("table") ? query.table(refId) : query.lines(refId));
        }
        json.add("targets", targets);
        if (!transformations.isEmpty()) {
            json.add("transformations", transformations);
        }
        return json;
    }

    @Override
    public String toString() {
        return "panel '" + title + "'";
    }

    private Panel draw(String property, Object value) {
        custom.add(property, Json.object(property, value).get(property));
        return this;
    }

    private Panel color(String mode) {
        defaults.add("color", Json.object("mode", mode));
        return this;
    }

    private Panel override(String column, JsonObject... properties) {
        overrides.add(Json.object(
                "matcher", Json.object("id", "byName", "options", column), "properties", List.of(properties)));
        return this;
    }

    private static String refId(int place) {
        return String.valueOf((char) ('A' + place));
    }

    private static JsonArray mappings(Object... valuesTextsAndColors) {
        JsonObject options = new JsonObject();
        for (int i = 0; i < valuesTextsAndColors.length; i += 3) {
            options.add(
                    String.valueOf(valuesTextsAndColors[i]),
                    Json.object(
                            "index", i / 3, "text", valuesTextsAndColors[i + 1], "color", valuesTextsAndColors[i + 2]));
        }
        return Json.array(List.of(Json.object("type", "value", "options", options)));
    }

    private static JsonObject last() {
        return Json.object("calcs", List.of("lastNotNull"), "fields", "", "values", false);
    }

    private static JsonObject legend() {
        return Json.object(
                "displayMode", "list", "placement", "bottom", "showLegend", true, "calcs", List.of("lastNotNull"));
    }

    private static JsonObject hidden() {
        return Json.object("displayMode", "list", "placement", "bottom", "showLegend", false, "calcs", List.of());
    }

    private static JsonObject tooltip() {
        return Json.object("mode", "multi", "sort", "desc");
    }
}

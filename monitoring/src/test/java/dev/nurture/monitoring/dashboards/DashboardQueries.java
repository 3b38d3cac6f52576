package dev.nurture.monitoring.dashboards;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The queries of the committed dashboards as Prometheus gets them. */
public final class DashboardQueries {
    private DashboardQueries() {}

    /**
     * A query of a panel.
     *
     * @param dashboard its title
     * @param panel its title
     * @param expr PromQL without variables; with rates over 30 s, for which Prometheus must have scraped twice in that time
     */
    public record PanelQuery(String dashboard, String panel, String refId, String expr) {}

    /** Returns the folder of the dashboards, from this module's folder. */
    public static Path folder() {
        return Sources.MODULE.resolve("grafana/dashboards");
    }

    /** Returns every query of every panel, about one run of one experiment. */
    public static List<PanelQuery> of(String experiment, String run) throws IOException {
        return of(folder(), experiment, run);
    }

    /** Returns the same of the dashboards in that folder. */
    public static List<PanelQuery> of(Path folder, String experiment, String run) throws IOException {
        List<PanelQuery> queries = new ArrayList<>();
        for (JsonObject dashboard : read(folder)) {
            for (JsonElement element : dashboard.getAsJsonArray("panels")) {
                JsonObject panel = element.getAsJsonObject();
                for (JsonElement target : panel.getAsJsonArray("targets")) {
                    queries.add(new PanelQuery(
                            dashboard.get("title").getAsString(),
                            panel.get("title").getAsString(),
                            target.getAsJsonObject().get("refId").getAsString(),
                            substituted(target.getAsJsonObject().get("expr").getAsString(), experiment, run)));
                }
            }
        }
        return queries;
    }

    static List<JsonObject> read(Path folder) throws IOException {
        List<JsonObject> dashboards = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                dashboards.add(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
            }
        }
        return dashboards;
    }

    static String substituted(String expr, String experiment, String run) {
        return expr.replace("$experiment", literally(experiment))
                .replace("$run", literally(run))
                .replace("$__rate_interval", "30s")
                .replace("$__interval", "15s")
                .replace("$__range", "1h");
    }

    /** Names hold letters, digits and {@code . _ -}, of which the dot alone means something in a regular expression. */
    private static String literally(String name) {
        return name.replace(".", "\\\\.");
    }
}

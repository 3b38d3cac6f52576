package dev.nurture.monitoring.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed dashboards are those of the code, and keep to what Grafana and the metrics allow. */
class DashboardsTest {
    /** Writes the files anew: {@code mvn test -Dtest=DashboardsTest -Dnurture.update=true}. */
    private static final boolean UPDATE = Boolean.getBoolean("nurture.update");

    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)\\}\\}");

    @BeforeAll
    static void update() throws IOException {
        if (UPDATE) {
            Path folder = Files.createDirectories(DashboardQueries.folder());
            for (Dashboard dashboard : Dashboards.ALL) {
                Files.writeString(folder.resolve(dashboard.file()), Json.pretty(dashboard.json()));
            }
        }
    }

    static List<Dashboard> dashboards() {
        return Dashboards.ALL;
    }

    static List<JsonObject> committed() throws IOException {
        return DashboardQueries.read(DashboardQueries.folder());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void theFileIsWhatTheCodeMakes(Dashboard dashboard) throws IOException {
        assertThat(DashboardQueries.folder().resolve(dashboard.file()))
                .as("made by DashboardsTest with -Dnurture.update=true")
                .content()
                .isEqualTo(Json.pretty(dashboard.json()));
    }

    @Test
    void thereIsNoOtherFile() throws IOException {
        try (Stream<Path> files = Files.list(DashboardQueries.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Dashboards.ALL.stream().map(Dashboard::file).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("committed")
    void aDashboardIsKnownByItsUid(JsonObject dashboard) {
        assertThat(dashboard.get("uid").getAsString()).matches("nurture-[a-z]+");
        assertThat(dashboard.get("id").isJsonNull()).isTrue();
        assertThat(dashboard.get("schemaVersion").getAsInt()).isEqualTo(42);
        assertThat(dashboard.has("__inputs")).isFalse();
        assertThat(dashboard.getAsJsonArray("tags")).hasToString("[\"nurture\"]");
    }

    @ParameterizedTest
    @MethodSource("committed")
    void panelsHaveNumbersOfTheirOwnAndDoNotOverlap(JsonObject dashboard) {
        Set<Integer> ids = new TreeSet<>();
        String[][] taken = new String[100][Grid.COLUMNS];
        for (JsonObject panel : panels(dashboard)) {
            String title = panel.get("title").getAsString();
            assertThat(ids.add(panel.get("id").getAsInt())).as(title).isTrue();
            JsonObject place = panel.getAsJsonObject("gridPos");
            for (int y = place.get("y").getAsInt(); y < end(place, "y", "h"); y++) {
                for (int x = place.get("x").getAsInt(); x < end(place, "x", "w"); x++) {
                    assertThat(taken[y][x]).as(title + " and").isNull();
                    taken[y][x] = title;
                }
            }
        }
        assertThat(ids).isNotEmpty();
    }

    @Test
    void aRowMustFillThePage() {
        Panel panel = Panel.lines("a", "b").query("up", "").wide(20);
        assertThatThrownBy(() -> new Grid().row(5, List.of(panel))).hasMessageContaining("panel 'a'");
    }

    @ParameterizedTest
    @MethodSource("committed")
    void panelsHaveTitlesUnitsAndOneSentence(JsonObject dashboard) {
        List<String> titles = new ArrayList<>();
        for (JsonObject panel : panels(dashboard)) {
            String title = panel.get("title").getAsString();
            titles.add(title);
            assertThat(panel.get("description").getAsString())
                    .as(title)
                    .matches("[A-Z][^.]*(\\d\\.\\d[^.]*|findings\\.json[^.]*)*\\.");
            String type = panel.get("type").getAsString();
            if (!List.of("table", "state-timeline").contains(type)) {
                assertThat(panel.getAsJsonObject("fieldConfig")
                                .getAsJsonObject("defaults")
                                .has("unit"))
                        .as(title)
                        .isTrue();
            }
        }
        assertThat(titles).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("committed")
    void allDataComesFromTheChosenSource(JsonObject dashboard) {
        List<String> sources = new ArrayList<>();
        visit(dashboard, (name, value) -> {
            if (name.equals("datasource")) {
                sources.add(value.toString());
            }
        });
        assertThat(sources)
                .hasSizeGreaterThan(10)
                .allMatch("{\"type\":\"prometheus\",\"uid\":\"${datasource}\"}"::equals);
    }

    @ParameterizedTest
    @MethodSource("committed")
    void queriesNameKnownMetricsAndTheChosenRuns(JsonObject dashboard) {
        List<String> exprs = exprs(dashboard);
        assertThat(exprs)
                .isNotEmpty()
                .allSatisfy(expr -> assertThat(faults(expr)).isEmpty());
        assertThat(exprs)
                .allSatisfy(expr -> assertThat(count(expr, Query.SELECTED))
                        .isEqualTo(PromQl.selectors(expr).size()));
    }

    @ParameterizedTest
    @MethodSource("committed")
    void legendsNameTheRunAndNothingThatTheQueryDrops(JsonObject dashboard) {
        for (JsonObject panel : panels(dashboard)) {
            for (JsonElement target : panel.getAsJsonArray("targets")) {
                String legend = target.getAsJsonObject().get("legendFormat").getAsString();
                String expr = target.getAsJsonObject().get("expr").getAsString();
                boolean table = panel.get("type").getAsString().equals("table");
                assertThat(legend).as(expr).matches(table ? "" : ".*\\{\\{run\\}\\}.*");
                Matcher labels = LEGEND_LABEL.matcher(legend);
                while (labels.find()) {
                    assertThat(PromQl.grouped(expr)).as(expr).contains(labels.group(1));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nurture_los{experiment=\"a\"}",
                "rate(nurture_train_step_total[5m])",
                "max by (layer) (nurture_loss)",
                "nurture_loss{layer=\"dense_1\"}",
                "sum by (run) (rate(nurture_step_seconds_bucket[30s])) / nurture_step_second_count"
            })
    void aSlipInAQueryIsFound(String expr) {
        assertThat(faults(expr)).isNotEmpty();
    }

    @Test
    void variablesAreSubstituted() throws IOException {
        List<DashboardQueries.PanelQuery> queries = DashboardQueries.of("digits_v1.2", "1a2b3c");
        assertThat(queries)
                .hasSizeGreaterThan(50)
                .allSatisfy(query -> assertThat(query.expr())
                        .doesNotContain("$")
                        .contains("experiment=~\"digits_v1\\\\.2\",run=~\"1a2b3c\""));
        assertThat(queries).anyMatch(query -> query.expr().contains("[30s]"));
    }

    /** Returns what of a query no run offers. */
    static List<String> faults(String expr) {
        List<String> faults = new ArrayList<>();
        Set<String> offered = new TreeSet<>();
        for (PromQl.Selector selector : PromQl.selectors(expr)) {
            Metrics.Metric metric = Metrics.KNOWN.get(selector.metric());
            if (metric == null) {
                faults.add("no metric " + selector.metric());
                continue;
            }
            offered.addAll(metric.labels());
            selector.labels().stream()
                    .filter(label -> !metric.labels().contains(label))
                    .forEach(label -> faults.add("no label " + label + " of " + metric.name()));
        }
        PromQl.grouped(expr).stream()
                .filter(label -> !offered.contains(label))
                .forEach(label -> faults.add("no label " + label));
        return faults;
    }

    private static List<String> exprs(JsonObject dashboard) {
        List<String> exprs = new ArrayList<>();
        visit(dashboard, (name, value) -> {
            if (name.equals("expr")) {
                exprs.add(value.getAsString());
            }
        });
        return exprs;
    }

    private static List<JsonObject> panels(JsonObject dashboard) {
        return dashboard.getAsJsonArray("panels").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static int end(JsonObject place, String start, String size) {
        return place.get(start).getAsInt() + place.get(size).getAsInt();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static void visit(JsonElement element, BiConsumer<String, JsonElement> visitor) {
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(member -> {
                visitor.accept(member.getKey(), member.getValue());
                visit(member.getValue(), visitor);
            });
        } else if (element instanceof JsonArray array) {
            array.forEach(item -> visit(item, visitor));
        }
    }
}

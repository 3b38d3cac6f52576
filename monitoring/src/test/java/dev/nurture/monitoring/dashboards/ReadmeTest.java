package dev.nurture.monitoring.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** README.md lists what there is. */
class ReadmeTest {
    private static String readme;

    @BeforeAll
    static void read() throws IOException {
        readme = Files.readString(Sources.MODULE.resolve("README.md"));
    }

    @Test
    void everyMetricHasARowWithItsLabels() {
        Set<String> known = new TreeSet<>();
        for (Metrics.Metric metric : Metrics.KNOWN.values()) {
            if (metric.name().startsWith("nurture_")) {
                String name = metric.name().replaceFirst("^(nurture_step_seconds)_(bucket|sum|count)$", "$1");
                known.add(name);
                assertThat(readme).containsPattern("(?m)^\\| `" + name + "` \\| ");
                metric.labels().stream()
                        .filter(label -> !Set.of("experiment", "run", "le").contains(label))
                        .forEach(label -> assertThat(readme)
                                .containsPattern("(?m)^\\| `" + name + "` \\| \\w+ \\|.* `" + label + "`.*\\|.*\\|$"));
            }
        }
        assertThat(first("(?m)^\\| `(nurture_\\w+)` \\|")).isEqualTo(known);
    }

    @Test
    void everyAlertHasARowWithItsSeverity() throws IOException {
        Set<String> alerts = new TreeSet<>();
        for (Map<String, Object> rule : PrometheusRulesTest.rules("alerts.yml").toList()) {
            alerts.add((String) rule.get("alert"));
            assertThat(readme)
                    .contains("| *" + rule.get("alert") + "* | " + ((Map<?, ?>) rule.get("labels")).get("severity")
                            + " | ");
        }
        assertThat(first("(?m)^\\| \\*(Nurture\\w+)\\* \\|")).isEqualTo(alerts);
    }

    @Test
    void everyDashboardHasARow() throws IOException {
        for (JsonObject dashboard : DashboardQueries.read(DashboardQueries.folder())) {
            String name = dashboard.get("title").getAsString().replace("Nurture / ", "");
            assertThat(readme).contains("\n| *" + name + "* | ");
        }
    }

    private static Set<String> first(String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(readme);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}

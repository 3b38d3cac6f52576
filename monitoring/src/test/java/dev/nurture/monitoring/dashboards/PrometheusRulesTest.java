package dev.nurture.monitoring.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What Prometheus is given is valid, and its alerts fire when they should and not otherwise. */
class PrometheusRulesTest {
    private static final Path PROMETHEUS = Sources.MODULE.resolve("prometheus");

    @TempDir
    Path folder;

    @Test
    void theConfigurationIsValid() throws IOException, InterruptedException {
        Program.Outcome outcome = promtool(PROMETHEUS, "check", "config", "prometheus.yml");
        assertThat(outcome.succeeds().output()).contains("2 rule files found").doesNotContain("FAILED");
    }

    @Test
    void theRulesAreValid() throws IOException, InterruptedException {
        promtool(PROMETHEUS, "check", "rules", "rules/recording.yml", "rules/alerts.yml")
                .succeeds();
    }

    @Test
    void alertsFireWhenTheyShould() throws IOException, InterruptedException {
        promtool(PROMETHEUS.resolve("rules/tests"), "test", "rules", "alerts.yml", "healthy.yml")
                .succeeds();
    }

    @Test
    void theTestsFindAnAlertThatHasChanged() throws IOException, InterruptedException {
        Path tests = Files.createDirectory(folder.resolve("tests"));
        Files.copy(PROMETHEUS.resolve("rules/tests/alerts.yml"), tests.resolve("alerts.yml"));
        Files.copy(PROMETHEUS.resolve("rules/recording.yml"), folder.resolve("recording.yml"));
        String alerts = Files.readString(PROMETHEUS.resolve("rules/alerts.yml"));
        String changed = alerts.replace("nurture_layer_dead_ratio) > 0.5", "nurture_layer_dead_ratio) > 0.8");
        assertThat(changed).isNotEqualTo(alerts);
        Files.writeString(folder.resolve("alerts.yml"), changed);
        Program.Outcome outcome = promtool(tests, "test", "rules", "alerts.yml");
        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.output()).contains("NurtureDeadUnits");
    }

    @Test
    void rulesNameKnownMetrics() throws IOException {
        List<Map<String, Object>> rules =
                Stream.concat(rules("recording.yml"), rules("alerts.yml")).toList();
        TreeSet<String> recorded = new TreeSet<>();
        rules.stream()
                .filter(rule -> rule.containsKey("record"))
                .forEach(rule -> recorded.add((String) rule.get("record")));
        assertThat(rules)
                .hasSizeGreaterThan(15)
                .allSatisfy(rule -> assertThat(PromQl.selectors((String) rule.get("expr")))
                        .isNotEmpty()
                        .extracting(PromQl.Selector::metric)
                        .allMatch(metric -> recorded.contains(metric) || Metrics.KNOWN.containsKey(metric)));
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyAlertSaysWhatToDoAndIsTried() throws IOException {
        String firing = Files.readString(PROMETHEUS.resolve("rules/tests/alerts.yml"));
        String healthy = Files.readString(PROMETHEUS.resolve("rules/tests/healthy.yml"));
        assertThat(rules("alerts.yml")).isNotEmpty().allSatisfy(rule -> {
            String name = (String) rule.get("alert");
            assertThat((Map<String, String>) rule.get("labels"))
                    .hasEntrySatisfying(
                            "severity", severity -> assertThat(severity).isIn("critical", "warning"));
            assertThat((Map<String, String>) rule.get("annotations")).containsOnlyKeys("summary", "description");
            assertThat(firing).containsPattern("eval_time: \\w+, alertname: " + name + "}");
            assertThat(firing).containsPattern("alertname: " + name + "\n +exp_alerts:");
            assertThat(healthy).contains("alertname: " + name + "}");
        });
    }

    private static Program.Outcome promtool(Path folder, String... arguments) throws IOException, InterruptedException {
        return Program.needed("promtool").run(folder, arguments);
    }

    @SuppressWarnings("unchecked")
    static Stream<Map<String, Object>> rules(String file) throws IOException {
        Map<String, List<Map<String, Object>>> root = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(PROMETHEUS.resolve("rules").resolve(file)));
        return root.get("groups").stream().flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream());
    }
}

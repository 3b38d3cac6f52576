package dev.nurture.monitoring.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The containers find the files of this module where they look for them, and are open to this machine alone. */
class ComposeTest {
    private Node compose;

    /** A part of a YAML file. */
    private record Node(Object value) {
        Node at(String path) {
            Object at = value;
            for (String name : path.split("/")) {
                at = at instanceof List<?> list ? list.get(Integer.parseInt(name)) : ((Map<?, ?>) at).get(name);
                assertThat(at).as(path).isNotNull();
            }
            return new Node(at);
        }

        String text() {
            return (String) value;
        }

        Stream<Node> items() {
            return ((List<?>) value).stream().map(Node::new);
        }

        boolean has(String name) {
            return ((Map<?, ?>) value).containsKey(name);
        }
    }

    @BeforeEach
    void read() throws IOException {
        compose = yaml("compose.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus", "grafana"})
    void imagesAreOfOneVersion(String service) {
        assertThat(compose.at("services/" + service + "/image").text()).matches("[a-z/]+:v?\\d+\\.\\d+\\.\\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus", "grafana"})
    void whatIsMountedIsThere(String service) {
        assertThat(compose.at("services/" + service + "/volumes").items().toList())
                .isNotEmpty()
                .allSatisfy(mount -> {
                    String source = mount.at("source").text();
                    if (mount.at("type").text().equals("volume")) {
                        assertThat(compose.at("volumes").has(source)).isTrue();
                        return;
                    }
                    assertThat(mount.at("read_only").value()).isEqualTo(true);
                    if (!source.startsWith("${NURTURE_TARGETS")) {
                        assertThat(Sources.MODULE.resolve(source)).exists();
                    }
                });
    }

    @Test
    void prometheusFindsItsFiles() throws IOException {
        assertThat(arguments())
                .contains(
                        "--config.file=" + mounted("prometheus", "./prometheus/prometheus.yml"),
                        "--storage.tsdb.path=" + mounted("prometheus", "prometheus-data"));
        Path home =
                Path.of(mounted("prometheus", "./prometheus/prometheus.yml")).getParent();
        Node config = yaml("prometheus/prometheus.yml");
        assertThat(home.resolve(config.at("rule_files/0").text()))
                .isEqualTo(Path.of(mounted("prometheus", "./prometheus/rules"), "*.yml"));
        assertThat(home.resolve(
                        config.at("scrape_configs/0/file_sd_configs/0/files/0").text()))
                .isEqualTo(Path.of(
                        mounted("prometheus", "${NURTURE_TARGETS:-${HOME}/.local/state/nurture/targets}"), "*.json"));
    }

    @Test
    void grafanaFindsItsFiles() throws IOException {
        String dashboards = mounted("grafana", "./grafana/dashboards");
        assertThat(yaml("grafana/provisioning/dashboards/nurture.yaml")
                        .at("providers/0/options/path")
                        .text())
                .isEqualTo(dashboards);
        Path home = Path.of(environment("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"));
        assertThat(home).hasParentRaw(Path.of(dashboards));
        assertThat(DashboardQueries.folder().resolve(home.getFileName())).exists();
        for (String kind : List.of("datasources", "dashboards")) {
            assertThat(mounted("grafana", "./grafana/provisioning/" + kind))
                    .isEqualTo("/etc/grafana/provisioning/" + kind);
        }
    }

    @Test
    void grafanaAsksThisPrometheus() throws IOException {
        Node source = yaml("grafana/provisioning/datasources/nurture.yaml").at("datasources/0");
        assertThat(source.at("type").text()).isEqualTo("prometheus");
        assertThat(source.at("url").text()).isEqualTo("$NURTURE_PROMETHEUS_URL");
        assertThat(arguments())
                .contains("--web.listen-address="
                        + environment("NURTURE_PROMETHEUS_URL").replace("http://", ""));
        assertThat(source.at("jsonData/timeInterval").text())
                .isEqualTo(yaml("prometheus/prometheus.yml")
                        .at("global/scrape_interval")
                        .text());
    }

    @Test
    void onlyThisMachineMayLook() {
        assertThat(arguments()).anyMatch(argument -> argument.startsWith("--web.listen-address=127.0.0.1:"));
        assertThat(environment("GF_SERVER_HTTP_ADDR")).isEqualTo("127.0.0.1");
        assertThat(environment("GF_AUTH_ANONYMOUS_ORG_ROLE")).isEqualTo("Viewer");
        for (String service : List.of("prometheus", "grafana")) {
            Node node = compose.at("services/" + service);
            assertThat(node.at("network_mode").text()).isEqualTo("host");
            assertThat(node.has("ports")).isFalse();
        }
    }

    private List<String> arguments() {
        return compose.at("services/prometheus/command").items().map(Node::text).toList();
    }

    private String environment(String name) {
        return compose.at("services/grafana/environment/" + name).text();
    }

    /** Returns where in the container something is. */
    private String mounted(String service, String source) {
        return compose.at("services/" + service + "/volumes")
                .items()
                .filter(mount -> mount.at("source").text().equals(source))
                .map(mount -> mount.at("target").text())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing mounts " + source));
    }

    private static Node yaml(String file) throws IOException {
        return new Node(new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Sources.MODULE.resolve(file))));
    }
}

package dev.nurture.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nurture.contracts.MapSettings;
import dev.nurture.contracts.PlainRun;
import dev.nurture.spi.RunListener;
import dev.nurture.testkit.RunListenerContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsListenerTest extends RunListenerContract {
    private static final Pattern ADDRESS = Pattern.compile("metrics at (http://127[.]0[.]0[.]1:[0-9]+/)metrics");

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @Override
    protected RunListener create() {
        return listener(Map.of());
    }

    private RunListener listener(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("port", 0, "targets", folder.resolve("targets")));
        settings.putAll(more);
        return MapSettings.create(MetricsListener.FACTORY, settings);
    }

    static String address(PlainRun run) {
        return run.said().stream()
                .map(ADDRESS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> ask(String method, String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, metrics, 200",
        "HEAD, metrics, 200",
        "GET, -/healthy, 200",
        "GET, data.json, 200",
        "GET, '', 200",
        "GET, metricsfoo, 404",
        "GET, metrics/, 404",
        "GET, metrics/../secret, 404",
        "GET, favicon.ico, 404",
        "POST, metrics, 405",
        "DELETE, '', 405",
        "OPTIONS, metrics, 405"
    })
    void answersTheExactPathsAlone(String method, String path, int status) throws Exception {
        try (PlainRun run = new PlainRun(1);
                RunListener.Session session = create().open(run)) {
            assertThat(session).isNotNull();
            HttpResponse<String> answer = ask(method, address(run) + path);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
            assertThat(answer.body().isEmpty()).isEqualTo(method.equals("HEAD"));
        }
    }

    @Test
    void aPathOfAMegabyteHarmsNobody() throws Exception {
        try (PlainRun run = new PlainRun(1);
                RunListener.Session session = create().open(run)) {
            assertThat(session).isNotNull();
            assertThat(ask("GET", address(run) + "x".repeat(1 << 20)).statusCode())
                    .isEqualTo(414);
            assertThat(ask("GET", address(run) + "-/healthy").body()).isEqualTo("ok\n");
        }
    }

    @Test
    void tellsWhatTheRunToldIt() throws Exception {
        try (PlainRun run = new PlainRun(1)) {
            RunListener.Session session = listener(Map.of()).open(run);
            Map<String, Double> before =
                    values(ask("GET", address(run) + "metrics").body());
            assertThat(before).containsEntry("nurture_run_state{state=\"preparing\"}", 1.0);
            try (session) {
                run.tell(Relay.open(session));
                // An answer serves those of the next second, too.
                awaitState(address(run), "succeeded");
                Map<String, Double> values =
                        values(ask("GET", address(run) + "metrics").body());
                assertThat(values)
                        .containsEntry("nurture_run_state{state=\"succeeded\"}", 1.0)
                        .containsEntry("nurture_run_state{state=\"training\"}", 0.0)
                        .containsEntry("nurture_run_progress_ratio", 1.0)
                        .containsEntry("nurture_run_eta_seconds", 0.0)
                        .containsEntry("nurture_train_epoch", 40.0)
                        .containsEntry("nurture_train_steps_total", 1000.0)
                        .containsEntry("nurture_step_seconds_count", 1000.0)
                        .containsEntry("nurture_step_seconds_bucket{le=\"0.001\"}", 1000.0)
                        .containsEntry("nurture_step_seconds_bucket{le=\"5.0E-4\"}", 0.0)
                        .containsEntry("nurture_check_status{check=\"initial_loss\"}", 0.0)
                        .containsEntry("nurture_check_status{check=\"input\"}", 1.0)
                        .containsEntry("nurture_findings_total{fault=\"uncentred_input\",severity=\"warn\"}", 1.0)
                        .containsEntry("nurture_checkpoints_total", 40.0)
                        .containsEntry("nurture_loss{split=\"test\"}", 0.1)
                        .containsEntry("nurture_accuracy{split=\"test\"}", 0.98)
                        .containsEntry("nurture_layer_dead_ratio{layer=\"dense_1\"}", 0.02)
                        .containsEntry("nurture_phase_seconds_total{phase=\"forward\"}", 1.0)
                        .containsEntry("nurture_run_start_timestamp_seconds", 1768472100.0)
                        .doesNotContainKey("nurture_layer_saturated_ratio{layer=\"dense_1\"}")
                        .doesNotContainKey("nurture_regularization_loss{kind=\"l2\"}");
                assertThat(values.keySet())
                        .filteredOn(name -> name.startsWith("jvm_memory_used_bytes"))
                        .isNotEmpty();
                assertThat(values.get("nurture_layer_update_ratio{layer=\"dense_2\",parameter=\"weight\"}"))
                        .isBetween(0.99e-3, 1.01e-3);
            }
        }
    }

    private void awaitState(String address, String state) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Double.valueOf(1)
                .equals(values(ask("GET", address + "metrics").body())
                        .get("nurture_run_state{state=\"" + state + "\"}"))) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** Returns the samples by name and labels, those of the run left out, which all have. */
    static Map<String, Double> values(String text) {
        Map<String, Double> values = new HashMap<>();
        for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
            assertThat(line).contains("experiment=\"plain\"").contains("run=\"20260115-101500-3fa9\"");
            String sample = line.substring(0, line.lastIndexOf(' '))
                    .replaceAll("(experiment|run)=\"[^\"]*\",?", "")
                    .replace(",}", "}")
                    .replace("{}", "");
            values.put(sample, Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
        }
        return values;
    }

    @Test
    void aPortThatIsTakenIsNoReasonToStopUnlessItIsRequired() throws Exception {
        try (PlainRun run = new PlainRun(1);
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> listener(Map.of("port", port)).open(run))
                    .isInstanceOf(IOException.class)
                    .hasMessage("metrics cannot be served at 127.0.0.1:" + port
                            + " (Address already in use); the run goes on without metrics");
            assertThatThrownBy(() ->
                            listener(Map.of("port", port, "required", true)).open(run))
                    .isInstanceOf(RunListener.Refusal.class)
                    .hasMessageContaining("metrics.required is true")
                    .hasMessageContaining(":" + port);
            assertThat(folder.resolve("targets")).doesNotExist();
        }
    }

    @Test
    void prometheusIsToldOfRunsThatLive() throws Exception {
        Path targets = Files.createDirectories(folder.resolve("targets"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path left = Files.writeString(targets.resolve(gone.pid() + "-old.json"), "[]");
        Path living = Files.writeString(targets.resolve(ProcessHandle.current().pid() + "-other.json"), "[]");
        Path foreign = Files.writeString(targets.resolve("node.json"), "[]");
        try (PlainRun run = new PlainRun(1)) {
            RunListener.Session session = create().open(run);
            Path own = targets.resolve(ProcessHandle.current().pid() + "-" + run.id() + ".json");
            String target = address(run).replace("http://", "").replace("/", "");
            assertThat(own).hasContent("[{\"targets\": [\"" + target + "\"]}]");
            assertThat(files(targets)).containsExactlyInAnyOrder(own, living, foreign);
            assertThat(left).doesNotExist();
            session.close();
            assertThat(files(targets)).containsExactlyInAnyOrder(living, foreign);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}

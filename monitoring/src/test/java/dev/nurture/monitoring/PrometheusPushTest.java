package dev.nurture.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.nurture.contracts.MapSettings;
import dev.nurture.contracts.PlainRun;
import dev.nurture.spi.Factory;
import dev.nurture.spi.Monitor;
import dev.nurture.spi.RunListener;
import dev.nurture.spi.StepStatistics;
import dev.nurture.testkit.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus takes what is pushed, and gives it back. */
class PrometheusPushTest {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private Process prometheus;
    private String address;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        address = "http://127.0.0.1:" + port;
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
        List<String> command = List.of(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver");
        Path log = folder.resolve("log.txt");
        try {
            prometheus = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            Needs.that(false, "there is no prometheus");
        }
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (!ready()) {
            assertThat(prometheus.isAlive() && System.nanoTime() < until)
                    .as(Files.readString(log))
                    .isTrue();
            Thread.sleep(50);
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            return ask("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (prometheus != null) {
            prometheus.destroy();
            if (!prometheus.waitFor(10, TimeUnit.SECONDS)) {
                prometheus.destroyForcibly().waitFor();
            }
        }
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everyValueOfARunIsThereWithItsTime() throws Exception {
        // Ten minutes ago, half a second from each look to the next.
        AtomicLong clock = new AtomicLong(System.currentTimeMillis() - 600_000);
        Factory<RunListener> factory = new Factory<>(
                RunListener.class,
                "metrics",
                "",
                MetricsListener.FACTORY.params(),
                settings -> new MetricsListener(settings, clock::get, 10_000));
        RunListener listener = MapSettings.create(
                factory, Map.of("port", 0, "targets", folder.resolve("targets"), "push", address + "/api/v1/write"));
        Expected expected;
        try (PlainRun run = new PlainRun(1)) {
            expected = new Expected(listener.open(run), clock);
            run.tell(expected);
            assertThat(run.said()).hasSize(1).allMatch(line -> line.startsWith("metrics at "));
        }
        assertThat(expected.points.get("nurture_loss{split='batch'}")).hasSize(241);
        for (Map.Entry<String, List<Endpoint.Point>> series : expected.points.entrySet()) {
            assertThat(stored(series.getKey())).as(series.getKey()).isEqualTo(series.getValue());
        }
        assertThat(stored("nurture_loss{split='test'}")).hasSize(1);
        JsonArray info = query("nurture_run_info[1h]");
        assertThat(info.get(0).getAsJsonObject().getAsJsonObject("metric"))
                .hasToString("{\"__name__\":\"nurture_run_info\",\"blas\":\"none\",\"experiment\":\"plain\","
                        + "\"run\":\"20260115-101500-3fa9\",\"seed\":\"231\",\"version\":\"1.0\"}");
        // As a panel of Grafana asks.
        JsonObject range = JsonParser.parseString(ask("/api/v1/query_range?query=nurture_train_epoch&start="
                                + (clock.get() / 1000 - 60) + "&end=" + clock.get() / 1000 + "&step=5")
                        .body())
                .getAsJsonObject()
                .getAsJsonObject("data");
        JsonArray values =
                range.getAsJsonArray("result").get(0).getAsJsonObject().getAsJsonArray("values");
        assertThat(values).hasSize(13);
    }

    /** What Prometheus is to hold of a few series. */
    private static final class Expected extends Relay {
        private final AtomicLong clock;
        private final Map<String, List<Endpoint.Point>> points = new HashMap<>();
        private final Map<String, Double> values = new HashMap<>();

        Expected(RunListener.Session session, AtomicLong clock) {
            super(session);
            this.clock = clock;
        }

        private void snapshot() {
            clock.addAndGet(500);
            values.forEach((series, value) -> points.computeIfAbsent(series, key -> new ArrayList<>())
                    .add(new Endpoint.Point(clock.get(), value)));
        }

        @Override
        public void stepped(long step, double loss, double penalty, double learningRate, double seconds) {
            super.stepped(step, loss, penalty, learningRate, seconds);
            values.put("nurture_loss{split='batch'}", loss);
            values.put("nurture_train_steps_total", (double) step);
        }

        @Override
        public void sampled(StepStatistics statistics) {
            values.put("nurture_gradient_norm{scope='global'}", statistics.gradientNorm());
            values.put(
                    "nurture_layer_update_ratio{layer='dense_2',parameter='weight'}",
                    statistics.tensors().get(1).updateRatio());
            snapshot();
            super.sampled(statistics);
        }

        @Override
        public void evaluated(Monitor.EpochStatistics statistics) {
            values.put("nurture_accuracy{split='validation'}", statistics.validationAccuracy());
            snapshot();
            super.evaluated(statistics);
        }

        @Override
        public void finished(String status, Map<String, Double> metrics) {
            snapshot();
            super.finished(status, metrics);
        }
    }

    private List<Endpoint.Point> stored(String series) throws IOException, InterruptedException {
        JsonArray result = query(series + "[1h]");
        assertThat(result).as(series).hasSize(1);
        List<Endpoint.Point> points = new ArrayList<>();
        for (JsonElement value : result.get(0).getAsJsonObject().getAsJsonArray("values")) {
            JsonArray pair = value.getAsJsonArray();
            points.add(new Endpoint.Point(
                    Math.round(pair.get(0).getAsDouble() * 1000), pair.get(1).getAsDouble()));
        }
        return points;
    }

    private JsonArray query(String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("result");
    }
}

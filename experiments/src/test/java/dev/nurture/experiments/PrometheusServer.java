package dev.nurture.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A real Prometheus with the configuration that the project ships, on a free port of the loopback; it scrapes each second. */
final class PrometheusServer implements AutoCloseable {
    private static final Path SHIPPED = Nurture.EXPERIMENTS.resolveSibling("monitoring/prometheus");

    private final Path folder;
    private final Process process;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        address = "http://127.0.0.1:" + port;
    }

    /** Tells whether a program is there, or skips the test. */
    static void needs(String program) throws IOException, InterruptedException {
        Process asked = new ProcessBuilder("sh", "-c", "command -v " + program)
                .redirectErrorStream(true)
                .start();
        Needs.that(asked.waitFor() == 0, "there is no " + program);
    }

    /** Starts it in an empty folder. */
    static PrometheusServer start(Path folder) throws Exception {
        needs("prometheus");
        Files.createDirectories(folder.resolve("targets"));
        Files.createDirectories(folder.resolve("rules"));
        for (String rules : List.of("rules/recording.yml", "rules/alerts.yml")) {
            Files.copy(SHIPPED.resolve(rules), folder.resolve(rules));
        }
        String shipped = Files.readString(SHIPPED.resolve("prometheus.yml"));
        String faster = shipped.replaceAll(
                "(scrape_interval|scrape_timeout|evaluation_interval|refresh_interval): *[0-9]+s", "$1: 1s");
        assertThat(faster).isNotEqualTo(shipped);
        Files.writeString(folder.resolve("prometheus.yml"), faster);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        PrometheusServer server = new PrometheusServer(folder, process, port);
        server.await("Prometheus is ready", () -> server.get("/-/ready") != null);
        return server;
    }

    /** Returns the folder that it watches for runs. */
    Path targets() {
        return folder.resolve("targets");
    }

    /** Returns the answer to a path, or null while there is none. */
    private String get(String path) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns the series that a query answers with. */
    JsonArray query(String expression) throws InterruptedException {
        String answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        assertThat(answer).as(expression).isNotNull();
        return JsonParser.parseString(answer)
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("result");
    }

    /** Returns the value of the one series that a query answers with; NaN when there is none. */
    double value(String expression) throws InterruptedException {
        JsonArray series = query(expression);
        return series.isEmpty()
                ? Double.NaN
                : series.get(0).getAsJsonObject().getAsJsonArray("value").get(1).getAsDouble();
    }

    /** Returns the values that a query over a range answers with, of its one series. */
    List<Double> values(String range) throws InterruptedException {
        JsonObject series = query(range).get(0).getAsJsonObject();
        return series.getAsJsonArray("values").asList().stream()
                .map(value -> value.getAsJsonArray().get(1).getAsDouble())
                .toList();
    }

    /** Returns how many targets it scrapes at present. */
    int scraped() throws InterruptedException {
        return JsonParser.parseString(get("/api/v1/targets?state=active"))
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("activeTargets")
                .size();
    }

    /** Waits until something is so, for at most two minutes. */
    void await(String what, Callable<Boolean> so) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!so.call()) {
            assertThat(System.nanoTime())
                    .as("%s; its log: %s", what, Files.readString(folder.resolve("prometheus.log")))
                    .isLessThan(end);
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("prometheus.log")))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
